// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/trace/trace.hpp"
#include "engine/triage/triage.hpp"

namespace rehearse::triage {
namespace {

constexpr std::uint64_t kSeedsPlayed = 3;  // for each variant
constexpr std::uint64_t kSeedsSearched = 200;

// One seed, played well and badly.
Result<void> lint_seed(const std::string& path, const plan::Plan& plan,
                       std::vector<std::string>& findings) {
  const auto cache = std::make_shared<plan::Cache>(std::size_t{256} << 20);
  auto opened = Triage::open(path, plan.seed, {}, cache);
  if (!opened) return fail(opened.error());
  auto best = play_best(*opened), worst = play_worst(*opened);
  if (!best) return fail(best.error());
  if (!worst) return fail(worst.error());
  const std::string where =
      fmt::format("variant `{}`, seed {}: ", plan.incident->variant, plan.seed);
  if (best->right_action != plan.incident->truth.action)
    findings.push_back(fmt::format("{}`{}` is called right, but `{}` loses less", where,
                                   plan.incident->truth.action, best->right_action));
  for (const Mark& mark : best->marks)
    if (mark.points < mark.of)
      findings.push_back(fmt::format("{}the best play earns {:g} of {:g} for {} ({})", where,
                                     mark.points, mark.of, mark.criterion, mark.why));
  if (worst->passed) findings.push_back(where + "the worst play passes");
  return {};
}

}  // namespace

Result<std::vector<std::string>> lint(const std::string& path) {
  std::vector<std::string> findings;
  std::map<std::string, std::uint64_t> played;
  std::size_t due = 1;
  for (std::uint64_t seed = 0; seed < kSeedsSearched && due > 0; ++seed) {
    auto plan = trace::trace_file(path, {}, seed);
    if (!plan) return fail(plan.error());
    if (!plan->incident) return findings;
    if (played[plan->incident->variant]++ < kSeedsPlayed)
      if (auto done = lint_seed(path, *plan, findings); !done) return fail(done.error());
    due = 0;
    for (const std::string& variant : plan->incident->variants)
      due += played[variant] < kSeedsPlayed;
  }
  for (const auto& [variant, times] : played)
    if (times == 0)
      findings.push_back("variant `" + variant + "` is never drawn; raise its weight");
  return findings;
}

}  // namespace rehearse::triage
