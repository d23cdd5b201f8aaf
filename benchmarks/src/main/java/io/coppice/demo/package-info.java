/**
 * What {@code scripts/demo} runs: a newcomer's first look at a pool of child JVMs, on their own machine. It uses the
 * public API alone, as a user's program would; nothing depends on it. Start reading at {@code PrimesDemo}, the smallest,
 * then {@code FilesDemo}, a batch job as people write them, then {@code CrashDemo}.
 */
@NullMarked
package io.coppice.demo;

import org.jspecify.annotations.NullMarked;
