package ai.kale.rationale;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnglishRelationsTest {
  /** Labels in the styles of MetaQA, Freebase, Wikidata, DBpedia, YAGO and ConceptNet. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          directed_by            | X was directed by Y.                     | A and B were directed by Y.
          film.film.directed_by  | X was directed by Y.                     | A and B were directed by Y.
          located in             | X is located in Y.                       | A and B are located in Y.
          located in country     | X is located in the country Y.           | A and B are located in the country Y.
          wasBornIn              | X was born in Y.                         | A and B were born in Y.
          officially named after | X is officially named after Y.           | A and B are officially named after Y.
          UsedFor                | X is used for Y.                         | A and B are used for Y.
          capital of             | X is the capital of Y.                   | A and B are the capitals of Y.
          part of                | X is part of Y.                          | A and B are part of Y.
          member of sports team  | X is a member of the sports team Y.      | A and B are members of the sports team Y.
          isCitizenOf            | X is a citizen of Y.                     | A and B are citizens of Y.
          heir to                | X is an heir to Y.                       | A and B are heirs to Y.
          direct_parents_of      | X is among the direct parents of Y.      | A and B are the direct parents of Y.
          is the father of       | X is the father of Y.                    | A and B are the fathers of Y.
          has_genre              | X has the genre Y.                       | A and B have the genre Y.
          has_tags               | X has the tag Y.                         | A and B have the tag Y.
          hasWonPrize            | X has won the prize Y.                   | A and B have won the prize Y.
          in_language            | The language of X is Y.                  | The language of A and B is Y.
          in                     | X is in Y.                               | A and B are in Y.
          north of               | X is north of Y.                         | A and B are north of Y.
          SimilarTo              | X is similar to Y.                       | A and B are similar to Y.
          instance of            | X is an instance of Y.                   | A and B are instances of Y.
          IsA                    | X is a Y.                                | A and B are instances of Y.
          wrote                  | X wrote Y.                               | A and B wrote Y.
          wroteMusicFor          | X wrote music for Y.                     | A and B wrote music for Y.
          starred in             | X starred in Y.                          | A and B starred in Y.
          plays instrument       | X plays the instrument Y.                | A and B play the instrument Y.
          touches                | X touches Y.                             | A and B touch Y.
          applies to jurisdiction | X applies to the jurisdiction Y.        | A and B apply to the jurisdiction Y.
          may treat              | X may treat Y.                           | A and B may treat Y.
          starred_actors         | The starred actors of X include Y.       | The starred actors of A and B include Y.
          children               | The children of X include Y.             | The children of A and B include Y.
          award received         | The award received by X is Y.            | The award received by A and B is Y.
          birthPlace             | The birth place of X is Y.               | The birth place of A and B is Y.
          place_of_birth         | The place of birth of X is Y.            | The place of birth of A and B is Y.
          people.person.gender   | The gender of X is Y.                    | The gender of A and B is Y.
          headquarters           | The headquarters of X is Y.              | The headquarters of A and B is Y.
          ISO code               | The ISO code of X is Y.                  | The ISO code of A and B is Y.
          has part(s)            | X has the part Y.                        | A and B have the part Y.
          ACTED_IN               | X acted in Y.                            | A and B acted in Y.
          DIRECTED               | X directed Y.                            | A and B directed Y.
          LIVES_IN               | X lives in Y.                            | A and B live in Y.
          NEGATIVELY_REGULATES   | X negatively regulates Y.                | A and B negatively regulate Y.
          PART OF                | X is part of Y.                          | A and B are part of Y.
          PLACE_OF_BIRTH         | The place of birth of X is Y.            | The place of birth of A and B is Y.
          ISBN                   | The ISBN of X is Y.                      | The ISBN of A and B is Y.
          VIAF ID                | The VIAF ID of X is Y.                   | The VIAF ID of A and B is Y.
          /people/person/place_of_birth | The place of birth of X is Y.     | The place of birth of A and B is Y.
          /a/b/c./film/film/directed_by | X was directed by Y.              | A and B were directed by Y.
          /location/location/containedby | X is contained by Y.             | A and B are contained by Y.
          /r/HasPrerequisite     | X has the prerequisite Y.                | A and B have the prerequisite Y.
          rdf:type               | The type of X is Y.                      | The type of A and B is Y.
          http://a.org/b#bornIn  | X was born in Y.                         | A and B were born in Y.
          concept:coach          | The coach of X is Y.                     | The coach of A and B is Y.
          lyrics by              | The lyrics of X are by Y.                | The lyrics of A and B are by Y.
          music by               | The music of X is by Y.                  | The music of A and B is by Y.
          ratio a/b              | The ratio a/b of X is Y.                 | The ratio a/b of A and B is Y.
          """)
  void saysOneTripleAndSeveralSubjects(String label, String one, String several) {
    RelationPhrase phrase = EnglishRelations.phrase(label);
    assertThat(RelationPhrases.fill(phrase.one(), label, "X", "Y")).isEqualTo(one);
    assertThat(RelationPhrases.fill(phrase.subjects().orElseThrow(), label, "A and B", "Y"))
        .isEqualTo(several);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          starred_actors   | The starred actors of X are Y and Z.
          birthplace       | The birthplaces of X are Y and Z.
          country of birth | The countries of birth of X are Y and Z.
          child            | The children of X are Y and Z.
          distance (km)    | The distances (km) of X are Y and Z.
          born             | The born of X are Y and Z.
          containedby      | X is contained by Y and Z.
          lyrics by        | The lyrics of X are by Y and Z.
          hobby            | The hobbies of X are Y and Z.
          cast             | The casts of X are Y and Z.
          has_genre        | X has the genres Y and Z.
          directed_by      | X was directed by Y and Z.
          speaks language  | X speaks the languages Y and Z.
          in_language      | The languages of X are Y and Z.
          position held    | The positions held by X are Y and Z.
          located in the administrative unit | X is located in the administrative units Y and Z.
          """)
  void saysSeveralObjects(String label, String several) {
    RelationPhrase phrase = EnglishRelations.phrase(label);
    assertThat(RelationPhrases.fill(phrase.objects().orElseThrow(), label, "X", "Y and Z"))
        .isEqualTo(several);
  }

  @Test
  void theArticleFollowsTheObject() {
    assertThat(RelationPhrases.defaults().say("r", "is a", "Ann", "actor"))
        .isEqualTo("Ann is an actor.");
    assertThat(RelationPhrases.defaults().say("r", "has a", "Ann", "university"))
        .isEqualTo("Ann has a university.");
  }

  @Test
  void otherScriptsAndBracesAreTakenForNouns() {
    for (String label : new String[] {"родился в", "{object} of", "出生地", "by {subject}"}) {
      assertThat(EnglishRelations.phrase(label))
          .isEqualTo(RelationPhrase.of(RelationPhrases.DEFAULT_PATTERN));
    }
    assertThat(RelationPhrases.defaults().say("r", "{object} of", "X", "Y"))
        .isEqualTo("The {object} of of X is Y.");
  }

  @Property(tries = 500)
  void anyLabelGivesASentenceWithBothEnds(@ForAll String label) {
    String clean = UntrustedLabels.DEFAULT.clean(label);
    String said = RelationPhrases.defaults().say("r", clean, "«X»", "«Y»");
    assertThat(said.split("«X»", -1)).hasSize(2);
    assertThat(said.split("«Y»", -1)).hasSize(2);
    assertThat(said).endsWith(".");
  }
}
