/** Low-rank adapters: which modules they sit on, and their files in PEFT's layout. */
@NullMarked
package ai.kale.train.adapter;

import org.jspecify.annotations.NullMarked;
