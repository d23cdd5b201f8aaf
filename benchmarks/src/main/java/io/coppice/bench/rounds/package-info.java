/**
 * Contenders in alternation: each is a program of its own, a fresh JVM or another interpreter, that measures a round
 * when it is told to and sleeps while the others measure. Start reading at {@code Contest}; {@code Contender} is one
 * side.
 */
@NullMarked
package io.coppice.bench.rounds;

import org.jspecify.annotations.NullMarked;
