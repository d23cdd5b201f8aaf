/**
 * What {@code scripts/bench-guard} runs: whether a call has become twice as dear. Nothing is held to an absolute
 * time: a cost is a ratio to something that the same run does beside it, or a count. Start reading at {@code
 * GuardCommand}; {@code Limits} has the numbers.
 */
@NullMarked
package io.coppice.bench.guard;

import org.jspecify.annotations.NullMarked;
