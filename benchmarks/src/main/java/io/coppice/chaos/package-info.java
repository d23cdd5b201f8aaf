/**
 * {@code scripts/chaos}: pools whose workers are killed, crash, hang and run out of memory all the time, and the books
 * that are kept of every call. Start at {@link io.coppice.chaos.ChaosCommand}.
 */
@NullMarked
package io.coppice.chaos;

import org.jspecify.annotations.NullMarked;
