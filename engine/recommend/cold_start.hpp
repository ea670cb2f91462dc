// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cold start: what to say of a user, a post or a community of which little or nothing is known.
//
// By pooling. Posts of a community are like each other, communities of a site too:
//
//   p_i ~ Beta(k m_g, k (1 - m_g)),   s_i ~ Binomial(n_i, p_i)
//   rate_i = (s_i + k m_g) / (n_i + k) = trust own + (1 - trust) m_g,   trust = n_i / (n_i + k)
//
// (empirical Bayes: Robbins 1956; Efron, Morris 1975). k, how many trials the group's mean is
// worth, is found by moments (Kleinman 1973): with ρ = 1 / (k + 1) and S_g = Σ n_i (r_i - m_g)²,
//
//   E S_g = m_g (1 - m_g) [ρ (N_g - Σ n_i² / N_g) + (1 - ρ) (J_g - 1)]
//
// summed over groups and solved for ρ. A group's own mean is shrunk in the same way towards the
// mean of all. A new post starts at its community's mean, a new community at the site's: no special
// case.
//
// By content: two_tower.hpp with side features. `newcomer_report` measures both ends apart, since a
// mean over all users hides those who came today.
#pragma once

#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/recommend/source_report.hpp"

namespace rehearse::recommend {

struct ShrunkenRates {
  std::vector<double> rate, trust;  // of each item
  std::vector<double> group_mean;   // shrunk, of each group
  double worth = 0,
         group_worth = 0;  // k within and between groups; infinite: no difference is seen
  double overall = 0;
};

// `group` is a code below `groups` for each item. An item may have no trials, a group no items.
// Errors: sizes differ, a count is negative, not finite, or more successes than trials; a code out
// of range; no trials at all. O(items).
Result<ShrunkenRates> shrink_rates(std::span<const double> successes,
                                   std::span<const double> trials,
                                   std::span<const std::uint32_t> group, std::size_t groups);

// A row for each source and kind of newcomer: source, who text ("known users", "new users", "new
// communities"), users, recall and ndcg at k.
//
//   known users       have training; relevant are the test's items that have training
//   new users         have none; likewise
//   new communities   users of either kind; relevant are the test's items without training, ranked
//                     among all others
//
// A kind nobody belongs to has no row. Errors: no source, k is 0, sizes differ; stopped.
// O(sources · users · items).
Result<Frame> newcomer_report(const std::vector<NamedRecommender>& sources,
                              const Interactions& test, std::size_t k,
                              const Progress& progress = {});

}  // namespace rehearse::recommend
