package io.coppice.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a pool's workers are started, as the user said it.
 *
 * @param javaHome the JDK or JRE that runs the worker
 * @param jvmOptions after the inherited ones, so that they win
 * @param environment added to the parent's, or replacing what it has
 * @param directory the worker's working directory; null: the parent's
 * @param output where what the worker prints goes
 * @param classDataArchive whether an archive of the workers' classes may be made and used
 * @param nestedPools so many levels of pools there may be in a worker, if there may here
 */
public record LaunchSettings(
        Path javaHome,
        List<String> jvmOptions,
        Map<String, String> environment,
        @Nullable Path directory,
        OutputTarget output,
        boolean classDataArchive,
        int nestedPools) {}
