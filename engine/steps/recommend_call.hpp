// SPDX-License-Identifier: GPL-3.0-or-later
//
// What steps over candidate sources share: the parameters of the methods, fitting one by its name,
// side features and known chances in the codes of a split.
#pragma once

#include "engine/recommend/ratings.hpp"
#include "engine/recommend/source_report.hpp"
#include "engine/recommend/two_tower.hpp"
#include "engine/steps/marshal.hpp"

namespace rehearse::steps {

// Those every source takes its own from, and the optional tables of users and communities.
std::vector<plan::Parameter> source_parameters();
plan::Port chances_port();
std::vector<plan::Port> side_ports();

// Features of users and items from the call's tables, in the codes of the split: each text column
// but `user` and `item`, a feature `value` a cell, so that topic and topic_2 are one vocabulary.
// Empty where the call has no such table. Errors: no column `user` or `item`, a user or item of the
// split that the table does not name.
Result<recommend::SideFeatures> side_features(const StepCall& call,
                                              const recommend::RatingSplit& split);

// The call's `training` and `test`, with each of `methods` fitted, and behind them `best possible`
// where the call has `chances`. Errors: those of split_of, side_features, fitted_source,
// chances_of.
struct FittedSources {
  recommend::RatingSplit split;
  std::vector<recommend::NamedRecommender> sources;
};
Result<FittedSources> fitted_sources(const StepCall& call, const StepContext& context);

// "popularity", "item-knn", "als", "bpr", "ease", "two-tower" (ids and side features), "two-tower
// by id", "two-tower by content". Errors: no such source; those of the fit.
Result<recommend::RecommenderPtr> fitted_source(const std::string& method,
                                                const recommend::Interactions& training,
                                                const recommend::SideFeatures& side,
                                                const StepCall& call, const StepContext& context);

// The chances of every pair in the codes of the split. Errors: a pair is missing, no such column.
Result<std::vector<double>> chances_of(const Frame& table, const recommend::RatingSplit& split);

}  // namespace rehearse::steps
