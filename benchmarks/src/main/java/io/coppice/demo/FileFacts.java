package io.coppice.demo;

/**
 * What a worker says of one file. A record of plain values: this is what travels back, not the file.
 *
 * @param path as the worker was given it
 * @param bytes as many as were read
 * @param gzipBytes what they would take compressed
 * @param sha256 in lower-case hex
 * @param workerPid the child JVM that read it
 */
record FileFacts(String path, long bytes, long gzipBytes, String sha256, long workerPid) {}
