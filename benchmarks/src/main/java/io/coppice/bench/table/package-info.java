/**
 * What {@code scripts/bench} prints: what Coppice set out to reach, against whom, and what came of it, all from one
 * run. Start reading at {@code Rows}.
 */
@NullMarked
package io.coppice.bench.table;

import org.jspecify.annotations.NullMarked;
