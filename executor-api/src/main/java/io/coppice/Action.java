package io.coppice;

import java.io.Serializable;

/** A {@link Runnable} that can be sent to a worker: a lambda given where an Action is expected is serializable. */
@FunctionalInterface
public interface Action extends Runnable, Serializable {}
