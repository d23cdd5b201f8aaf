/**
 * {@code scripts/chunksize}: measures chunk sizes for a function of the user's and writes a report. The measuring is
 * {@link io.coppice.ChunkSizes}; here are the command line, the table, the page and the charts. Start reading at {@code
 * ChunkSizeMain}.
 */
@NullMarked
package io.coppice.chunksize;

import org.jspecify.annotations.NullMarked;
