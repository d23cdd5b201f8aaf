/** Tests of the demo's pure pieces; none starts a child JVM. */
@NullMarked
package io.coppice.chunksize;

import org.jspecify.annotations.NullMarked;
