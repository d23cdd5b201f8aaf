/**
 * The parent's side of a worker's life: {@link io.coppice.launch.WorkerProcess} starts, watches and ends one child
 * JVM; {@link io.coppice.launch.JvmCommand} is its command line, {@link io.coppice.launch.PoolDirectory} the private
 * place on disk, {@link io.coppice.launch.WorkerOutput} reads what it prints, {@link io.coppice.launch.Death} is what is known
 * when it is gone, from the {@link io.coppice.launch.Evidence} it has left.
 *
 * <p>Depends on the JDK and io.coppice.wire; knows neither pools nor calls nor Netty.
 */
@NullMarked
package io.coppice.launch;

import org.jspecify.annotations.NullMarked;
