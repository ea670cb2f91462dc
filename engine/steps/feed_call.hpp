// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the steps of a feed over weeks (engine/sim/feed.hpp) share: the parameters of its world and
// of a policy, and the row that sums up a policy's month.
#pragma once

#include "engine/sim/feed.hpp"
#include "engine/steps/marshal.hpp"
#include "engine/steps/parameters.hpp"

namespace rehearse::steps {

std::vector<plan::Parameter> feed_world_parameters();
sim::FeedOptions feed_options(const StepCall& call, const StepContext& context);

std::vector<plan::Parameter> feed_policy_parameters();
// Errors: the table `served` lacks a column or a row.
Result<sim::FeedPolicy> feed_policy(const StepCall& call);
// The optional input `served`: a report of serve.path, whose shares and mean wait a policy takes.
plan::Port served_port();

// Rows of policies and what came of each: policy, clicks_first_week, clicks, minutes,
// reports_per_1000 (posts looked at), visits, return_probability, depth (posts looked at in a
// visit), topics (on the last day).
class FeedSummary {
 public:
  void add(const sim::FeedPolicy& policy, const sim::FeedOutcome& outcome);
  Frame::Builder build() &&;

 private:
  std::vector<std::string> policy_;
  std::vector<double> first_week_, clicks_, minutes_, reports_, visits_, returns_, depth_, topics_;
};
inline constexpr const char* kFeedSummary =
    "policy, clicks_first_week, clicks, minutes, reports_per_1000, visits, return_probability, "
    "depth, topics";

}  // namespace rehearse::steps
