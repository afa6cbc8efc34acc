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

  private record Name(byte[] id, byte[] text, int language, int preference) {}

  private final IdDictionaryBuilder entities;
  private final IdDictionaryBuilder relations;
  private final ShortTexts languages = new ShortTexts();
  private final List<Name> waiting = new ArrayList<>(AT_ONCE);
  private final NameTableBuilder ofEntities = new NameTableBuilder(languages);
  private final IdDictionaryBuilder strangers = new IdDictionaryBuilder();
  private final NameTableBuilder ofStrangers = new NameTableBuilder(languages);

  NameCollector(IdDictionaryBuilder entities, IdDictionaryBuilder relations) {
    this.entities = entities;
    this.relations = relations;
  }

  /** Adds a name; true if enough are waiting for {@link #settle}. */
  boolean add(byte[] id, byte[] text, String language, int preference) {
    waiting.add(new Name(id, text, languages.add(language), preference));
    return waiting.size() >= AT_ONCE;
  }

  /** Sorts the waiting names by whether their entity is known; to be called after its triples. */
  void settle() {
    for (Name name : waiting) {
      int entity = entities.find(name.id());
      if (entity >= 0) {
        ofEntities.add(entity, name.preference(), name.language(), name.text());
      } else {
        ofStrangers.add(strangers.add(name.id()), name.preference(), name.language(), name.text());
      }
    }
    waiting.clear();
  }

  /** What building gives. */
  record Tables(NameTable entities, NameTable relations, long dropped) {}

  /** Gives every name to its entity, its relation or both; may add entities without triples. */
  Tables build() {
    settle();
    NameTableBuilder ofRelations = new NameTableBuilder(languages);
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
    NameTable entityNames = ofEntities.build(entities.size());
    NameTable relationNames = ofRelations.build(relations.size());
    return new Tables(entityNames, relationNames, ofEntities.dropped() + ofRelations.dropped());
  }
}
