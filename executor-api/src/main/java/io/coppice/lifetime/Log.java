package io.coppice.lifetime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loggers, looked up when something is logged and not before: loading SLF4J takes tens of milliseconds, which would
 * stand between a program's first call and its worker. (Netty loads it too, but on the dispatcher's thread.)
 */
public final class Log {
    private Log() {}

    public static Logger of(Class<?> subject) {
        return LoggerFactory.getLogger(subject);
    }
}
