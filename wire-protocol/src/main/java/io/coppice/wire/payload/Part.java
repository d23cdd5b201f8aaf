package io.coppice.wire.payload;

import java.io.Serializable;

/** Stands in a Java serialization for an object that is written behind it. */
record Part(int number) implements Serializable {}
