// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diagnose/judgement.hpp"

#include <cmath>
#include <map>

#include "engine/base/utf8.hpp"

namespace rehearse::diagnose {
namespace {

struct FaultTally {
  double lines = 0, quarantined = 0, repaired = 0, absent = 0, wrong = 0;
};

Result<std::vector<std::string>> fault_by_line(const Frame& lines) {
  auto line = lines.require("line"), planted = lines.require("planted");
  if (!line) return fail(line.error());
  if (!planted) return fail(planted.error());
  std::vector<std::string> faults(lines.rows());
  for (std::size_t row = 0; row < lines.rows(); ++row) {
    const double number = (*line)->number(row);
    if (!(number >= 1 && number <= static_cast<double>(lines.rows())))
      return fail(Code::bad_data,
                  "row {}: lines are numbered from 1 without gaps, and {:g} is none of them",
                  row + 1, number);
    faults[static_cast<std::size_t>(number) - 1] = (*planted)->cell(row);
  }
  return faults;
}

Result<std::size_t> line_index(const Column& line, std::size_t row, std::size_t lines) {
  const double number = line.number(row);
  if (!(number >= 1 && number <= static_cast<double>(lines)))
    return fail(Code::bad_data, "row {} came of line {:g}, which is not among the lines given",
                row + 1, number);
  return static_cast<std::size_t>(number) - 1;
}

}  // namespace

Result<ValueCheck> parse_check(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0 || equals + 1 == text.size())
    return fail(Code::invalid_argument,
                "`{}`: a check is written column=truth, as post.votes=true_votes",
                abbreviated(text));
  return ValueCheck{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

Result<Frame> judge_loading(const Frame& lines, const Frame& rows, const Frame& quarantine,
                            const std::vector<ValueCheck>& checks) {
  auto faults = fault_by_line(lines);
  if (!faults) return fail(faults.error());
  std::map<std::string, FaultTally> tallies;
  for (const std::string& fault : *faults) tallies[fault].lines += 1;
  auto bad_line = quarantine.require("line"), line = rows.require("line"),
       repairs = rows.require("repairs");
  for (const auto* found : {&bad_line, &line, &repairs})
    if (!*found) return fail(found->error());
  for (std::size_t row = 0; row < quarantine.rows(); ++row) {
    auto index = line_index(**bad_line, row, faults->size());
    if (!index) return fail(index.error());
    tallies[(*faults)[*index]].quarantined += 1;
  }
  std::vector<std::pair<const Column*, const Column*>> pairs;
  for (const ValueCheck& check : checks) {
    auto truth = rows.require(check.truth);
    if (!truth) return fail(truth.error());
    pairs.emplace_back(rows.find(check.column), *truth);  // never loaded: absent everywhere
  }
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    auto index = line_index(**line, row, faults->size());
    if (!index) return fail(index.error());
    FaultTally& tally = tallies[(*faults)[*index]];
    tally.repaired += (*repairs)->number(row) > 0;
    bool absent = false, wrong = false;
    for (const auto& [column, truth] : pairs) {
      const double known = truth->number(row);
      if (!column || column->missing(row)) {
        absent = absent || !std::isnan(known);
      } else if (!column->numeric()) {
        wrong = wrong || column->cell(row) != truth->cell(row);
      } else if (const double v = column->number(row); std::isfinite(known)) {
        wrong = wrong || !(std::abs(v - known) <= 1e-6 * std::max(1.0, std::abs(known)));
      }
    }
    tally.absent += absent, tally.wrong += wrong;
  }
  std::vector<std::string> name;
  std::vector<double> count, quarantined, repaired, absent, wrong;
  const auto add = [&](const std::string& fault, const FaultTally& t) {
    name.push_back(fault), count.push_back(t.lines), quarantined.push_back(t.quarantined);
    repaired.push_back(t.repaired), absent.push_back(t.absent), wrong.push_back(t.wrong);
  };
  add("none", tallies["none"]);
  for (const auto& [fault, tally] : tallies)
    if (fault != "none") add(fault, tally);
  Frame::Builder builder;
  builder.add("fault", name)
      .add("lines", std::move(count))
      .add("quarantined", std::move(quarantined));
  builder.add("repaired", std::move(repaired))
      .add("absent", std::move(absent))
      .add("wrong", std::move(wrong));
  return std::move(builder).build();
}

Result<Frame> judgement_facts(const Frame& judgement, std::size_t loaded) {
  std::map<std::string, double> sums;
  for (const char* name : {"lines", "quarantined", "absent", "wrong"}) {
    auto column = judgement.require(name);
    if (!column) return fail(column.error());
    for (const double v : (*column)->numbers()) sums[name] += v;
  }
  const double good = judgement.find("lines")->number(0),
               lost = judgement.find("quarantined")->number(0);
  const auto share = [](double part, double whole) { return whole > 0 ? part / whole : 0; };
  const auto rows = static_cast<double>(loaded);
  Frame::Builder builder;
  builder.add("good_lost", std::vector<double>{share(lost, good)});
  builder.add("wrong_rate", std::vector<double>{share(sums["wrong"], rows)});
  builder.add("absent_rate", std::vector<double>{share(sums["absent"], rows)});
  builder.add("quarantine_rate", std::vector<double>{share(sums["quarantined"], sums["lines"])});
  return std::move(builder).build();
}

}  // namespace rehearse::diagnose
