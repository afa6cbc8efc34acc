/**
 * The records that travel from stage to stage, each carrying its predecessor, and their JSONL
 * forms.
 *
 * <pre>Question → GroundedQuestion → RationalizedQuestion</pre>
 *
 * <p>Every record keeps the fields of its JSON form that this version does not know in {@code
 * extra} and writes them back.
 */
@NullMarked
package ai.kale.data;

import org.jspecify.annotations.NullMarked;
