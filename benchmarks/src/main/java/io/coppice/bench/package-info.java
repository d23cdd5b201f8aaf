/**
 * JMH benchmarks of the library's inner costs, run by {@code scripts/jmh}. They measure what a call costs when the work in
 * it costs nothing; what that means for real work is in docs/performance.md.
 */
@NullMarked
package io.coppice.bench;

import org.jspecify.annotations.NullMarked;
