/**
 * Rationale synthesis: the deterministic {@link ai.kale.rationale.TemplateSynthesizer} (no network,
 * no key), the {@link ai.kale.rationale.TeacherSynthesizer} around any {@link
 * ai.kale.spi.TeacherModel}, the checks every rationale passes before it is kept, and {@link
 * ai.kale.rationale.SynthesisRun}, which runs a synthesizer over a question set and resumes from a
 * journal without asking twice.
 */
@NullMarked
package ai.kale.rationale;

import org.jspecify.annotations.NullMarked;
