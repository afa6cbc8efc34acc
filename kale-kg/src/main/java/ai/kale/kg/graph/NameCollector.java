package ai.kale.kg.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the names of a graph under construction. Whose name it is, an entity's, a relation's or
 * that of an entity without triples, shows only at the end; names of entities that are known by
 * then cost no second copy of the id.
 */
final class NameCollector {
  private static final int AT_ONCE = 1024;

  /** Whose a name may be. */
  enum Owner {
    ENTITY,
    RELATION,
    EITHER
  }

  private record Name(byte[] id, Owner owner, byte[] text, int language, int preference) {}

  private final IdDictionaryBuilder entities;
  private final IdDictionaryBuilder relations;
  private final ShortTexts languages = new ShortTexts();
  private final List<Name> waiting = new ArrayList<>(AT_ONCE);
  private final NameTableBuilder ofEntities = new NameTableBuilder(languages);
  private final NameTableBuilder ofEntitiesOnly = new NameTableBuilder(languages);
  private final NameTableBuilder ofRelations = new NameTableBuilder(languages);
  private final IdDictionaryBuilder strangers = new IdDictionaryBuilder();
  private final NameTableBuilder ofStrangers = new NameTableBuilder(languages);

  NameCollector(IdDictionaryBuilder entities, IdDictionaryBuilder relations) {
    this.entities = entities;
    this.relations = relations;
  }

  /**
   * Adds a name; true if enough are waiting for {@link #settle}. An entity or relation that is said
   * to be the owner must be known by then.
   */
  boolean add(byte[] id, Owner owner, byte[] text, String language, int preference) {
    waiting.add(new Name(id, owner, text, languages.add(language), preference));
    return waiting.size() >= AT_ONCE;
  }

  /** Sorts the waiting names by whether their entity is known; to be called after its triples. */
  void settle() {
    for (Name name : waiting) {
      if (name.owner() == Owner.RELATION) {
        put(ofRelations, relations.find(name.id()), name);
        continue;
      }
      int entity = entities.find(name.id());
      if (name.owner() == Owner.ENTITY) {
        put(ofEntitiesOnly, entity, name);
      } else if (entity >= 0) {
        put(ofEntities, entity, name);
      } else {
        put(ofStrangers, strangers.add(name.id()), name);
      }
    }
    waiting.clear();
  }

  private static void put(NameTableBuilder table, int owner, Name name) {
    table.add(owner, name.preference(), name.language(), name.text());
  }

  /** Gives every name to its entity, its relation or both; may add entities without triples. */
  void resolve() {
    settle();
    Map<Integer, Integer> relationOfEntity = new HashMap<>();
    for (int relation = 0; relation < relations.size(); relation++) {
      relationOfEntity.put(entities.find(relations.bytes(relation)), relation);
    }
    for (int i = 0; i < ofEntities.size(); i++) {
      Integer relation = relationOfEntity.get(ofEntities.owner(i));
      if (relation != null) {
        ofRelations.add(relation, ofEntities, i);
      }
    }
    for (int i = 0; i < ofStrangers.size(); i++) {
      byte[] id = strangers.bytes(ofStrangers.owner(i));
      int relation = relations.find(id);
      int entity = relation < 0 ? entities.add(id) : entities.find(id);
      if (relation >= 0) {
        ofRelations.add(relation, ofStrangers, i);
      }
      if (entity >= 0) {
        ofEntities.add(entity, ofStrangers, i);
      }
    }
    for (int i = 0; i < ofEntitiesOnly.size(); i++) {
      ofEntities.add(ofEntitiesOnly.owner(i), ofEntitiesOnly, i);
    }
  }

  /** What building gives. */
  record Tables(NameTable entities, NameTable relations, long dropped) {}

  /**
   * Makes the tables, after {@link #resolve}.
   *
   * @param entityNumbers for each entity its number in the table
   * @param relationNumbers for each relation its number in the table
   */
  Tables build(int[] entityNumbers, int[] relationNumbers) {
    NameTable entityNames = ofEntities.build(entityNumbers);
    NameTable relationNames = ofRelations.build(relationNumbers);
    return new Tables(entityNames, relationNames, ofEntities.dropped() + ofRelations.dropped());
  }
}
