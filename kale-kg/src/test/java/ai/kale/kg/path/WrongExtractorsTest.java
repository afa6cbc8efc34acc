package ai.kale.kg.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.kale.KnowledgeGraph;
import ai.kale.PathExtractor;
import ai.kale.kg.TestGraphs;
import ai.kale.tck.PathCase;
import ai.kale.tck.PathExtractorContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import net.jqwik.api.Example;
import net.jqwik.api.Property;
import net.jqwik.api.Shrinkable;

/** Each test of the contract of path extractors catches a wrong one. */
class WrongExtractorsTest {
  private static PathExtractorContract contract(Supplier<PathExtractor> make) {
    return new PathExtractorContract() {
      @Override
      protected KnowledgeGraph create(List<String[]> triples) {
        return TestGraphs.of(triples);
      }

      @Override
      protected Optional<KnowledgeGraph> createWeighted(List<String[]> triples) {
        return Optional.of(TestGraphs.weighted(triples));
      }

      @Override
      protected PathExtractor extractor() {
        return make.get();
      }
    };
  }

  private static List<Method> tests() {
    return Arrays.stream(PathExtractorContract.class.getMethods())
        .filter(m -> m.isAnnotationPresent(Property.class) || m.isAnnotationPresent(Example.class))
        .toList();
  }

  private static void run(PathExtractorContract contract, String test) throws Throwable {
    Method method =
        tests().stream().filter(m -> m.getName().equals(test)).findFirst().orElseThrow();
    try {
      if (method.getParameterCount() == 0) {
        method.invoke(contract);
        return;
      }
      List<PathCase> cases =
          contract.cases().generator(1000).stream(new Random(20261122))
              .map(Shrinkable::value)
              .limit(60)
              .toList();
      for (int i = 1; i < cases.size(); i++) {
        if (method.getParameterCount() == 1) {
          method.invoke(contract, cases.get(i));
        } else {
          method.invoke(contract, cases.get(i), cases.get(i - 1));
        }
      }
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Example
  void eachWrongExtractorFailsItsTest() throws Throwable {
    for (WrongExtractors.Wrong wrong : WrongExtractors.ALL) {
      assertThatThrownBy(() -> run(contract(wrong.make()), wrong.test()))
          .as("%s in %s", wrong.mistake(), wrong.test())
          .isInstanceOf(AssertionError.class);
    }
    for (Method test : tests()) {
      run(contract(BruteForcePathExtractor::new), test.getName());
    }
  }

  @Example
  void eachTestOfTheContractHasAWrongExtractor() {
    List<String> caught =
        WrongExtractors.ALL.stream().map(WrongExtractors.Wrong::test).distinct().toList();
    List<String> all = tests().stream().map(Method::getName).toList();
    assertThat(new TreeSet<>(caught)).isEqualTo(new TreeSet<>(all)).isNotEmpty();
  }
}
