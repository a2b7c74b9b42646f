/// What `./benchmarks/http` measures: warm reads over HTTP, beside an Express server.
@NullMarked
package dev.fireside.benchmarks.http;

import org.jspecify.annotations.NullMarked;
