/**
 * How long an executor keeps the JVM alive and what happens to it when the JVM ends: pending work keeps the JVM alive,
 * an idle executor does not, and an exit ends the workers at once. And what it says meanwhile.
 * Used by both executors; depends on the JDK and SLF4J.
 */
@NullMarked
package io.coppice.lifetime;

import org.jspecify.annotations.NullMarked;
