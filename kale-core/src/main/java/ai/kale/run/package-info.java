/** What long work needs: progress, cancellation, and files that are written whole or not at all. */
@NullMarked
package ai.kale.run;

import org.jspecify.annotations.NullMarked;
