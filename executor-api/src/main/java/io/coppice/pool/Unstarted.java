package io.coppice.pool;

import io.coppice.wire.Items;
import io.coppice.wire.Payload;

/**
 * What was cancelled before a worker had it: enough to run it elsewhere.
 *
 * @param description its name in messages
 * @param arguments one item; or all items of a chunk
 */
public record Unstarted(String description, Payload function, Items arguments) {}
