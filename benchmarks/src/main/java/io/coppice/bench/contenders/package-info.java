/**
 * Those who are compared, one a class, each with a main: a program that measures one thing, round after round, when
 * {@code Rounds} tells it to. {@code Tiny} is what most of them run.
 */
@NullMarked
package io.coppice.bench.contenders;

import org.jspecify.annotations.NullMarked;
