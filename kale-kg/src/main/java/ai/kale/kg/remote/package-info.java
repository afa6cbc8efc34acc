/**
 * The base of graphs that live in a store elsewhere: handles, batches, caches, order and failures
 * in one place, so that an adapter is three questions asked of the store with plain ids.
 */
@NullMarked
package ai.kale.kg.remote;

import org.jspecify.annotations.NullMarked;
