package ai.kale.kg;

import ai.kale.tck.KnowledgeGraphContract;

/** The contract for stores whose ids are IRIs, which have neither spaces nor quotes. */
public abstract class IriGraphContract extends KnowledgeGraphContract {
  private static String escaped(String name) {
    return name.replace("%", "%25").replace(" ", "%20").replace("\"", "%22");
  }

  @Override
  protected String entity(String name) {
    return super.entity(escaped(name));
  }

  @Override
  protected String relation(String name) {
    return super.relation(escaped(name));
  }
}
