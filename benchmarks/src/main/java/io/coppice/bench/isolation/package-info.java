/**
 * What {@code scripts/bench isolation} prints: the same calls on threads of one JVM and on child JVMs, where
 * processes win and where they lose. Start reading at {@code IsolationRows}.
 */
@NullMarked
package io.coppice.bench.isolation;

import org.jspecify.annotations.NullMarked;
