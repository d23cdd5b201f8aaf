/** What tests of this module need of the API's inside. */
@NullMarked
package io.coppice;

import org.jspecify.annotations.NullMarked;
