// SPDX-License-Identifier: GPL-3.0-or-later
//
// How good are the lists of a recommender trained on the user's own ratings? One method is fitted
// on one table and measured on another, beside popularity, which everyone should beat; the rooms'
// definitions are in engine/recommend.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/base/document.hpp"
#include "engine/base/stop.hpp"
#include "engine/recommend/evaluate.hpp"
#include "engine/recommend/ratings.hpp"

namespace rehearse::analysis {

struct RecommendRequest {
  std::string method = "als";
  std::size_t k = 10;
  std::map<std::string, std::string> set;  // parameters of the method, as text
};

// One parameter of a method.
struct RecommendParameter {
  std::string method, name;
  double initial = 0, low = 0, high = 0;
  bool whole = false;
  std::string sentence;
};

const std::vector<std::string>& recommend_methods();
const std::vector<RecommendParameter>& recommend_parameters();
// A line for each parameter of a method, with its default and range; of all methods in one
// sentence without an argument.
std::string recommend_help(const std::string& method);
std::string recommend_help();

// Every parameter of the method with its value. Errors: no such method or parameter, a value that
// is no number, not whole where it must be, or out of its range.
Result<std::map<std::string, double>> recommend_values(const RecommendRequest& request);

struct Recommendation {
  recommend::RatingSplit split;
  std::map<std::string, double> parameters;
  recommend::RecommenderPtr model;
  double fit_seconds = 0;          // of the training alone
  std::vector<double> losses;      // of each round, where the method has rounds
  recommend::Evaluation measured;  // of the method
  recommend::Evaluation popularity;
  recommend::PairedDifference gain;  // nDCG above popularity
};

// Errors: those of recommend_values and of the method; stopped.
Result<Recommendation> recommend_and_measure(recommend::RatingSplit split,
                                             const RecommendRequest& request,
                                             const Progress& progress = {});

// What was odd about the tables, a sentence each; empty where nothing was.
std::vector<std::string> notes_of(const Recommendation& answer);
// What it means, in a sentence or two.
std::string reading_of(const Recommendation& answer, const RecommendRequest& request);

// Items in groups from the most to the least popular, each with a fifth of the training: how much
// of the test lies there, of the lists, and of the hits.
struct PopularityBand {
  std::string name;
  std::size_t items = 0;
  double relevant = 0, listed = 0, hits = 0;  // shares; hits of all hits
};
std::vector<PopularityBand> bands_of(const recommend::Interactions& training,
                                     const recommend::Evaluation& measured);

Document document_of(const std::string& file, const RecommendRequest& request,
                     const Recommendation& answer);

}  // namespace rehearse::analysis
