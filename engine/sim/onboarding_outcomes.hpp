// SPDX-License-Identifier: GPL-3.0-or-later
//
// One newcomer's outcomes under both assignments, and what happened. A function of the newcomer,
// the options and the shares of exposed peers alone, so users may be drawn in any order.
#pragma once

#include "engine/sim/onboarding_world.hpp"

namespace rehearse::sim {

// Share of each user's peers who are exposed: as it was, with everybody assigned, with nobody.
// Empty where peers do not matter.
struct PeerShares {
  std::vector<float> now, all, none;
};

class OnboardingOutcomes {
 public:
  // Sizes the table's columns; all must outlive this.
  OnboardingOutcomes(const OnboardingOptions& options, const Newcomers& newcomers,
                     OnboardingTable& table, PeerShares peers);
  // Writes row `user` and nothing else.
  void draw(std::size_t user);

 private:
  // Activation of one user, by (exposed, share of exposed peers).
  struct Activation {
    double base = 0, bump = 0, spillover = 0;
    double at(bool exposed, double peers) const;
  };
  struct ThreeWorlds {
    double now = 0, assigned = 0, not_assigned = 0;
  };
  bool wants(OnboardingColumn column) const { return o_.columns[static_cast<std::size_t>(column)]; }
  void resize();
  Activation activation_of(std::size_t user, bool faulty) const;
  void draw_funnel(std::size_t user, const Activation& activation);
  std::array<double, kStages> reach(std::size_t user, const Activation& activation, bool exposed,
                                    const std::vector<float>& peers) const;
  void draw_sessions(std::size_t user);
  void draw_messages(std::size_t user, double before, double after);
  void draw_latency(std::size_t user);
  void draw_retained(std::size_t user);
  void draw_losses(std::size_t user);
  bool in_segment(const Newcomer& who) const;

  const OnboardingOptions& o_;
  const Newcomers& newcomers_;
  OnboardingTable& t_;
  const PeerShares peers_;
  const double activation_intercept_;
  double retention_intercept_ = 0;
  int segment_code_ = -1;
  StreamKey funnel_, speed_, sessions_, messages_, retained_, latency_, attrition_, lost_, parity_;
};

}  // namespace rehearse::sim
