// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "engine/base/view_data.hpp"
#include "engine/triage/grade.hpp"

namespace rehearse::triage {
namespace {

// NaN is missing: never, or not within the days simulated.
Frame table(std::vector<std::pair<std::string, std::vector<std::string>>> texts,
            std::vector<std::pair<std::string, std::vector<double>>> numbers) {
  Frame::Builder builder;
  for (auto& [name, column] : texts) builder.add(name, column);
  for (auto& [name, column] : numbers) {
    std::vector<std::uint8_t> there;
    for (const double value : column) there.push_back(std::isfinite(value));
    builder.add(name, std::move(column)).missing(std::move(there));
  }
  return *std::move(builder).build();
}

Figure marks_table(const Debrief& d) {
  std::vector<std::string> criterion, why;
  std::vector<double> points, of;
  for (const Mark& mark : d.marks) {
    criterion.push_back(mark.criterion), why.push_back(mark.why);
    points.push_back(mark.points), of.push_back(mark.of);
  }
  return {"table",
          "Marks",
          "",
          "",
          "",
          Json::object(),
          table({{"criterion", criterion}, {"why", why}}, {{"points", points}, {"of", of}})};
}

// The rows of the table of actions, with the reason for each.
std::string actions_text(const Debrief& d) {
  std::string text;
  for (const ActionOutcome& action : d.actions)
    text += fmt::format("- **{}**{}: {:.0f} clicks lost in two days, {:.1f}%. {}\n", action.name,
                        action.chosen ? " (yours)" : "", action.lost, 100 * action.lost_share,
                        action.why);
  return text;
}

Figure checks_table(const Debrief& d) {
  std::vector<std::string> name, state, found;
  for (const UpdateCheck& check : d.update.checks) {
    name.push_back(check.name), state.push_back(check.held ? "there" : "missing");
    found.push_back(check.held ? check.found : "look for: " + check.rule);
  }
  return {"table",
          "The update",
          "",
          "",
          "",
          Json::object(),
          table({{"it holds", name}, {"state", state}, {"where", found}}, {})};
}

std::string began_words(const Debrief& d) {
  if (std::isnan(d.began_before_page_h)) return "Nothing began.";
  std::string text = fmt::format("It began {:.0f} hours before the page.", d.began_before_page_h);
  if (!d.signs.empty() && std::isfinite(d.signs.front().hours_after))
    text += d.signs.front().hours_after > 0
                ? fmt::format(" {} showed it first, {:.0f} hours in.", d.signs.front().signal,
                              d.signs.front().hours_after)
                : fmt::format(" {} showed it first, at once.", d.signs.front().signal);
  else
    text += " No signal of the dashboard had left its usual band by then.";
  return text;
}

}  // namespace

Json to_json(const Debrief& d) {
  Json signs = Json::array(), actions = Json::array(), marks = Json::array(),
       checks = Json::array();
  for (const FirstSign& sign : d.signs)
    signs.push_back({{"signal", sign.signal},
                     {"layer", sign.layer},
                     {"hours_after", number_or_null(sign.hours_after)}});
  for (const ActionOutcome& action : d.actions)
    actions.push_back({{"action", action.name},
                       {"clicks_lost", action.lost},
                       {"share_lost", action.lost_share},
                       {"recovered_hours", number_or_null(action.recovered_h)},
                       {"chosen", action.chosen},
                       {"best", action.best},
                       {"why", action.why}});
  for (const Mark& mark : d.marks)
    marks.push_back({{"criterion", mark.criterion},
                     {"points", mark.points},
                     {"of", mark.of},
                     {"why", mark.why}});
  for (const UpdateCheck& check : d.update.checks)
    checks.push_back({{"name", check.name}, {"held", check.held}, {"found", check.found}});
  return {{"happened", d.variant},
          {"told", d.told},
          {"nothing_to_mend", d.nothing},
          {"began_hours_before_page", number_or_null(d.began_before_page_h)},
          {"true_diagnosis", d.true_diagnosis},
          {"right_action", d.right_action},
          {"settling_probes", d.settling},
          {"first_signs", signs},
          {"actions", actions},
          {"marks", marks},
          {"points", d.points},
          {"passed", d.passed},
          {"update_review", {{"checks", checks}, {"advice", d.update.advice}}},
          {"model_update", d.model_update}};
}

Document document_of(const Debrief& d, const std::string& title) {
  Document document{title, "Debrief of a triage", {}};
  document.blocks.emplace_back(Banner{
      d.passed ? Banner::Tone::ok : Banner::Tone::bad,
      fmt::format("{:g} of 100 points{}", d.points, d.passed ? "" : ", not passed"), d.told});
  document.blocks.emplace_back(Prose{began_words(d)});
  document.blocks.emplace_back(marks_table(d));
  document.blocks.emplace_back(Heading{2, "The actions, least loss first"});
  document.blocks.emplace_back(Prose{actions_text(d)});
  document.blocks.emplace_back(checks_table(d));
  if (!d.update.advice.empty()) document.blocks.emplace_back(Prose{d.update.advice});
  document.blocks.emplace_back(Heading{2, "A model update"});
  document.blocks.emplace_back(Prose{d.model_update});
  for (const Figure& figure : d.figures)
    if (!figure.data.find("clicks lost")) document.blocks.emplace_back(figure);  // told above
  return document;
}

}  // namespace rehearse::triage
