/**
 * The threads of the thread pool: the JDK's pool, made to grow only when no thread is idle. Depends
 * on the JDK alone.
 */
@NullMarked
package io.coppice.thread;

import org.jspecify.annotations.NullMarked;
