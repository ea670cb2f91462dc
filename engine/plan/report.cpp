// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/report.hpp"

#include "engine/plan/figure.hpp"

namespace rehearse::plan {
namespace {

Frame knob_table(const std::vector<const Knob*>& knobs) {
  std::vector<std::string> names, values;
  for (const Knob* knob : knobs) {
    names.push_back(knob->name);
    values.push_back(to_text(knob->value));
  }
  Frame::Builder builder;
  builder.add("knob", names).add("value", values);
  return std::move(builder).build().value_or(Frame());
}

Banner banner_of(const Check& check) {
  const bool broken = check.state == Check::State::broken, held = check.state == Check::State::held;
  std::string sentence = check.sentence;
  if (!check.expectation.because.empty()) sentence += " (" + check.expectation.because + ")";
  return {broken ? Banner::Tone::bad
          : held ? Banner::Tone::ok
                 : Banner::Tone::neutral,
          state_words(check.state), sentence};
}

void append_chapter(Document& document, const Plan& plan, const Run& run, int chapter) {
  const Chapter& text = plan.chapters[static_cast<std::size_t>(chapter)];
  if (!text.title.empty()) document.blocks.push_back(Heading{2, text.title});
  if (!text.prose.empty()) document.blocks.push_back(Prose{text.prose});
  std::vector<const Knob*> knobs;
  for (const Knob& knob : plan.knobs)
    if (knob.chapter == chapter) knobs.push_back(&knob);
  if (!knobs.empty())
    document.blocks.push_back(
        Figure{"table", "Knobs", "", "", "", Json::object(), knob_table(knobs)});
  for (const View& view : plan.views)
    if (view.chapter == chapter) document.blocks.push_back(figure_of(view, run));
}

}  // namespace

const char* state_words(Check::State state) {
  switch (state) {
    case Check::State::held: return "held";
    case Check::State::broken: return "broken";
    case Check::State::inactive: return "inactive";
    case Check::State::unknown: return "not known for your data";
  }
  return "";
}

Document document_of(const Plan& plan, const Run& run) {
  Document document{
      plan.title, fmt::format("{} · seed {} · {}", plan.id, plan.seed, plan.asks), {}};
  for (int chapter = 0; chapter < static_cast<int>(plan.chapters.size()); ++chapter)
    append_chapter(document, plan, run, chapter);
  if (!run.checks.empty()) document.blocks.push_back(Heading{2, "What was expected"});
  for (const Check& check : run.checks) document.blocks.push_back(banner_of(check));
  if (!plan.challenge.empty())
    document.blocks.push_back(Heading{2, "Challenge: " + plan.challenge});
  for (const Check& goal : run.goals) document.blocks.push_back(banner_of(goal));
  return document;
}

}  // namespace rehearse::plan
