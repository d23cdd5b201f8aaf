/** Tests of the benchmarks' own pieces; none starts a child JVM. */
@NullMarked
package io.coppice.bench.guard;

import org.jspecify.annotations.NullMarked;
