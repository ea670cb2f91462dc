// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/segments.hpp"

#include <cmath>
#include <optional>
#include <unordered_map>

#include "engine/calibration/logistic.hpp"
#include "engine/calibration/validate.hpp"
#include "engine/metrics/probability.hpp"

namespace rehearse::calibration {
namespace {

constexpr double kFarthestOffset = 20;

std::string segment_name(std::span<const Column* const> columns, std::size_t row) {
  std::string name;
  for (const Column* column : columns) {
    if (!name.empty()) name += " · ";
    const std::string cell = column->missing(row) ? std::string() : column->cell(row);
    name += cell.empty() ? "(missing)" : cell;
  }
  return name;
}

// One number for a row's texts, so that a segment's name is made once a segment and not once a row.
// Nothing where a column is no text or the combinations do not fit.
class TextCodes {
 public:
  static std::optional<TextCodes> of(std::span<const Column* const> columns) {
    TextCodes codes;
    double combinations = 1;
    for (const Column* column : columns) {
      if (column->type() != Type::dictionary) return std::nullopt;
      const std::uint64_t size = column->dictionary().size() + 1;
      combinations *= static_cast<double>(size);
      codes.columns_.push_back({column, column->values<std::int32_t>(), size});
    }
    if (combinations > 1e18) return std::nullopt;
    return codes;
  }
  std::uint64_t operator()(std::size_t row) const {
    std::uint64_t code = 0;
    for (const Coded& one : columns_)
      code = code * one.size +
             (one.column->missing(row) ? 0 : static_cast<std::uint64_t>(one.values[row] + 1));
    return code;
  }

 private:
  struct Coded {
    const Column* column;
    std::span<const std::int32_t> values;
    std::uint64_t size;
  };
  std::vector<Coded> columns_;
};

// Rows and labels of one segment.
struct SegmentRows {
  std::vector<double> scores, labels;
};

std::vector<SegmentRows> apart(std::span<const double> scores, std::span<const double> labels,
                               const Segments& segments) {
  std::vector<SegmentRows> parts(segments.names.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    parts[segments.codes[i]].scores.push_back(scores[i]);
    parts[segments.codes[i]].labels.push_back(labels[i]);
  }
  return parts;
}

double offset_of(const SegmentRows& rows, double common, double shrinkage) {
  LogisticProblem problem{.terms = 1, .labels = rows.labels, .penalty = {shrinkage}};
  problem.x.assign(rows.scores.size(), Terms{1});
  for (const double score : rows.scores) problem.offset.push_back(clipped_logit(score) + common);
  return fit_logistic(problem, {}, kFarthestOffset)[0];
}

}  // namespace

Result<Segments> segments_of(const Frame& rows, std::span<const std::string> columns,
                             std::size_t most) {
  if (columns.empty())
    return fail(Code::invalid_argument, "a column is due whose values are the segments: by = …");
  std::vector<const Column*> found;
  for (const std::string& name : columns) {
    auto column = rows.require(name);
    if (!column) return fail(column.error());
    found.push_back(*column);
  }
  const std::optional<TextCodes> coded = TextCodes::of(found);
  Segments segments;
  std::map<std::string, std::uint32_t> known;
  std::unordered_map<std::uint64_t, std::uint32_t> by_code;
  segments.codes.reserve(rows.rows());
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const std::uint64_t code = coded ? (*coded)(row) : 0;
    if (coded)
      if (const auto at = by_code.find(code); at != by_code.end()) {
        segments.codes.push_back(at->second);
        continue;
      }
    const auto [at, fresh] =
        known.emplace(segment_name(found, row), static_cast<std::uint32_t>(segments.names.size()));
    if (fresh) segments.names.push_back(at->first);
    if (segments.names.size() > most)
      return fail(Code::bad_data, "`{}` has more than {} values: that is no segment but an id",
                  columns.front(), most);
    if (coded) by_code.emplace(code, at->second);
    segments.codes.push_back(at->second);
  }
  return segments;
}

Result<SegmentOffsets> fit_segment_offsets(std::span<const double> scores,
                                           std::span<const double> labels, const Segments& segments,
                                           double shrinkage) {
  if (auto valid = validate_probabilities(scores, labels); !valid) return fail(valid.error());
  if (auto both = validate_both_classes(labels, "an offset"); !both) return fail(both.error());
  if (!(shrinkage >= 0))
    return fail(Code::invalid_argument, "the shrinkage is {}; it is a number of clicks from 0",
                shrinkage);
  SegmentOffsets fitted;
  SegmentRows all{{scores.begin(), scores.end()}, {labels.begin(), labels.end()}};
  fitted.common = offset_of(all, 0, 0);
  const auto parts = apart(scores, labels, segments);
  for (std::size_t g = 0; g < parts.size(); ++g) {
    SegmentOffset& one = fitted.by_segment[segments.names[g]];
    one.rows = static_cast<double>(parts[g].labels.size());
    for (const double y : parts[g].labels) one.positives += y;
    if (one.rows > 0 && std::isfinite(shrinkage))
      one.offset = offset_of(parts[g], fitted.common, shrinkage);
  }
  return fitted;
}

OffsetScorer::OffsetScorer(ScorerPtr model, std::vector<std::string> columns,
                           SegmentOffsets offsets)
    : model_(std::move(model)), columns_(std::move(columns)), offsets_(std::move(offsets)) {}

Result<std::vector<double>> OffsetScorer::score(const Frame& rows) const {
  auto scores = model_->score(rows);
  if (!scores) return fail(scores.error());
  const auto segments = segments_of(rows, columns_, rows.rows());
  if (!segments) return fail(segments.error());
  std::vector<double> offsets;
  for (const std::string& name : segments->names) {
    const auto known = offsets_.by_segment.find(name);
    offsets.push_back(offsets_.common +
                      (known == offsets_.by_segment.end() ? 0 : known->second.offset));
  }
  for (std::size_t i = 0; i < scores->size(); ++i)
    (*scores)[i] = metrics::sigmoid(clipped_logit((*scores)[i]) + offsets[segments->codes[i]]);
  return scores;
}

Result<std::vector<std::pair<std::string, double>>> OffsetScorer::arithmetic(
    const Frame& rows, std::size_t row) const {
  if (row >= rows.rows())
    return fail(Code::not_found, "there is no row {}; rows are 0 to {}", row, rows.rows() - 1);
  const Frame one = rows.slice(row, row + 1);
  const auto before = model_->score(one), after = score(one);
  if (!before) return fail(before.error());
  if (!after) return fail(after.error());
  const auto segment = segments_of(one, columns_, 1);
  if (!segment) return fail(segment.error());
  const auto known = offsets_.by_segment.find(segment->names[0]);
  const SegmentOffset own = known == offsets_.by_segment.end() ? SegmentOffset{} : known->second;
  return std::vector<std::pair<std::string, double>>{
      {"score s", (*before)[0]},
      {"z = ln(s / (1 - s))", clipped_logit((*before)[0])},
      {"common offset", offsets_.common},
      {"offset of " + segment->names[0], own.offset},
      {"  from so many rows", own.rows},
      {"  with so many clicks", own.positives},
      {"probability p = σ(z + both offsets)", (*after)[0]}};
}

std::size_t OffsetScorer::bytes() const {
  std::size_t total = sizeof(*this) + model_->bytes();
  for (const auto& [name, offset] : offsets_.by_segment) total += name.size() + sizeof(offset);
  return total;
}

std::vector<std::pair<std::string, double>> OffsetScorer::facts() const {
  auto facts = model_->facts();
  double greatest = 0;
  for (const auto& [name, one] : offsets_.by_segment)
    greatest = std::max(greatest, std::abs(one.offset));
  facts.emplace_back("segments", static_cast<double>(offsets_.by_segment.size()));
  facts.emplace_back("common_offset", offsets_.common);
  facts.emplace_back("greatest_offset", greatest);
  return facts;
}

SegmentMapScorer::SegmentMapScorer(ScorerPtr model, std::vector<std::string> columns, MapPtr whole,
                                   std::map<std::string, MapPtr> maps)
    : model_(std::move(model)),
      columns_(std::move(columns)),
      whole_(std::move(whole)),
      maps_(std::move(maps)) {}

Result<std::vector<double>> SegmentMapScorer::score(const Frame& rows) const {
  auto scores = model_->score(rows);
  if (!scores) return fail(scores.error());
  const auto segments = segments_of(rows, columns_, rows.rows());
  if (!segments) return fail(segments.error());
  std::vector<const CalibrationMap*> maps;
  for (const std::string& name : segments->names) {
    const auto known = maps_.find(name);
    maps.push_back(known == maps_.end() || !known->second ? whole_.get() : known->second.get());
  }
  for (std::size_t i = 0; i < scores->size(); ++i)
    (*scores)[i] = (*maps[segments->codes[i]])((*scores)[i]);
  return scores;
}

std::size_t SegmentMapScorer::bytes() const {
  std::size_t total = sizeof(*this) + model_->bytes();
  for (const auto& [name, map] : maps_)
    total += name.size() + (map ? map->parameters().size() * sizeof(double) : 0);
  return total;
}

std::vector<std::pair<std::string, double>> SegmentMapScorer::facts() const {
  auto facts = model_->facts();
  double own = 0;
  for (const auto& [name, map] : maps_) own += map ? 1 : 0;
  facts.emplace_back("segments", static_cast<double>(maps_.size()));
  facts.emplace_back("segment_maps", own);
  return facts;
}

Result<std::shared_ptr<const SegmentMapScorer>> fit_segment_maps(
    ScorerPtr model, std::span<const double> scores, std::span<const double> labels,
    const Segments& segments, std::vector<std::string> columns, const FitMap& fit,
    std::size_t least_rows) {
  auto whole = fit(scores, labels);
  if (!whole) return fail(whole.error());
  std::map<std::string, MapPtr> maps;
  const auto parts = apart(scores, labels, segments);
  for (std::size_t g = 0; g < parts.size(); ++g) {
    double positives = 0;
    for (const double y : parts[g].labels) positives += y;
    const bool alike = positives == 0 || positives == static_cast<double>(parts[g].labels.size());
    MapPtr& map = maps[segments.names[g]];
    if (alike || parts[g].labels.size() < least_rows) continue;
    auto own = fit(parts[g].scores, parts[g].labels);
    if (!own)
      return fail(own.error().code, "segment `{}`: {}", segments.names[g], own.error().message);
    map = std::move(*own);
  }
  return std::make_shared<const SegmentMapScorer>(std::move(model), std::move(columns),
                                                  std::move(*whole), std::move(maps));
}

}  // namespace rehearse::calibration
