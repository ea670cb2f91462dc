// SPDX-License-Identifier: GPL-3.0-or-later
//
// The report as one JSON document, with the keys of `rehearse grade --json`.
#include <set>

#include "drills/judge/escape.hpp"
#include "drills/judge/languages.hpp"
#include "drills/judge/report.hpp"
#include "drills/judge/version.hpp"

namespace rehearse::judge {
namespace {

constexpr std::size_t kReportOutput = 256
                                      << 10;  // bytes of printed text in one submission's report

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json case_json(const CaseReport& one, std::size_t& output_left) {
  Json json = {{"name", one.name},
               {"verdict", one.run ? Json(verdict_code(one.verdict)) : Json(nullptr)}};
  if (!one.run) {
    json["why"] = one.message;
    return json;
  }
  json["time_ms"] = one.time_ms;
  json["memory_kb"] = one.memory_kb;
  if (!one.reason.empty()) json["reason"] = one.reason;
  if (!one.message.empty()) json["message"] = one.message;
  if (!one.output.empty()) {
    std::string kept = shorten(one.output, output_left);
    output_left -= std::min(output_left, kept.size());
    json["output"] = kept;
    if (one.output_cut || kept.size() < one.output.size()) json["output_cut"] = true;
  }
  return json;
}

// Inputs and answers are written by the text forms that the report already holds when they are too
// large to be read as data.
template <class Data>
void value_or_why(bool small, Data&& data, const std::string& text, Json& owner, const char* key) {
  owner[key] = small ? data() : Json(nullptr);
  if (!small) owner[std::string(key) + "_text"] = text;
}

// A function's arguments by name; a class's constructor and calls.
Json input_json(const FirstFailure& failure) {
  Json named = Json::object();
  const Input& input = failure.input;
  for (std::size_t i = 0; i < input.args.size() && i < failure.parameters.size(); ++i) {
    named[failure.parameters[i]] = to_json(input.args[i], Type{});
  }
  if (input.calls.empty()) return named;
  Json json = {{"new", named}, {"calls", Json::array()}};
  for (const Call& call : input.calls) {
    Json row = Json::array({call.method});
    for (const Value& value : call.args) row.push_back(to_json(value, Type{}));
    json["calls"].push_back(row);
  }
  return json;
}

Json failure_json(const FirstFailure& failure, bool hide) {
  Json json = {{"case", failure.case_name},
               {"verdict", verdict_code(failure.verdict)},
               {"shrunk", failure.shrunk}};
  if (!hide) {
    const bool small = failure.small();
    const auto data_of = [](const std::optional<Value>& value) {
      return value ? to_json(*value, Type{}) : Json(nullptr);
    };
    value_or_why(
        small, [&] { return input_json(failure); }, failure.input_text, json, "input");
    value_or_why(
        small, [&] { return data_of(failure.expected); }, failure.expected_text, json, "expected");
    value_or_why(
        small, [&] { return data_of(failure.got); }, failure.got_text, json, "got");
    if (failure.whole ? !failure.got : failure.got_text.empty())
      json["why"] = "there is no answer to compare";
    if (!small)
      json["why"] =
          "too large to write as data; the beginnings stand in input_text, expected_text, got_text";
    json["message"] = failure.message;
  }
  json["pitfall"] = text_or_null(failure.pitfall);
  if (!failure.pitfall_why.empty()) json["pitfall_why"] = failure.pitfall_why;
  return json;
}

Json fit_json(const GrowthFit& fit) {
  return {{"claimed", fit.claimed}, {"slope", fit.slope},
          {"unit", fit.unit},       {"claimed_slope", fit.claimed_slope},
          {"sizes", fit.sizes},     {"costs", fit.costs},
          {"refused", fit.refused}, {"sentence", fit.sentence}};
}

Json submission_json(const SubmissionReport& one, bool hide) {
  Json json = {{"path", escape_invalid_utf8(one.path)},
               {"drill", one.drill},
               {"language", one.language},
               {"verdict", verdict_code(one.verdict)},
               {"reason", text_or_null(one.reason)},
               {"cases", Json::array()}};
  std::size_t output_left = kReportOutput;
  for (const CaseReport& report : one.cases) {
    Json entry = case_json(report, output_left);
    if (hide) {
      entry.erase("message");
      entry.erase("output");
    }
    json["cases"].push_back(entry);
  }
  json["first_failure"] =
      one.first_failure ? failure_json(*one.first_failure, hide) : Json(nullptr);
  json["growth"] = nullptr;
  if (one.time_growth || one.memory_growth) {
    json["growth"] = Json::object();
    if (one.time_growth) json["growth"]["time"] = fit_json(*one.time_growth);
    if (one.memory_growth) json["growth"]["memory"] = fit_json(*one.memory_growth);
  }
  json["pitfall"] = text_or_null(one.pitfall);
  json["time_ms"] = one.time_ms;
  json["wall_ms"] = one.wall_ms;
  // A message may quote an answer.
  json["message"] =
      hide && one.first_failure ? std::string(verdict_words(one.verdict)) : one.message;
  if (!one.rerun_note.empty()) json["note"] = one.rerun_note;
  return json;
}

Json factors() {
  Json json = Json::object();
  for (const Language& language : languages()) json[language.id] = language.time_factor;
  return json;
}

Json drills_json(const Report& report) {
  Json json = Json::object();
  for (const auto& [id, facts] : report.drills) {
    json[id] = {
        {"hash", facts.hash},
        {"seed", facts.seed},
        {"limits", {{"time_ms", facts.limits.time_ms}, {"memory_mb", facts.limits.memory_mb}}},
        {"language_factor", factors()}};
  }
  return json;
}

// Counted from the documents themselves, so that a merge counts as a grading does.
Json summary_of(const Json& submissions) {
  int accepted = 0, refused = 0;
  std::map<std::string, std::pair<int, int>> points;
  for (const Json& one : submissions) {
    (one["verdict"] == "AC" ? accepted : refused) += 1;
    auto& [passed, total] = points[one["drill"].get<std::string>()];
    for (const Json& report : one["cases"]) {
      ++total;
      if (report["verdict"] == "AC") ++passed;
    }
  }
  Json by_drill = Json::object();
  for (const auto& [drill, count] : points) by_drill[drill] = {count.first, count.second};
  return {{"accepted", accepted}, {"refused", refused}, {"points", by_drill}};
}

bool looks_like_report(const Json& document) {
  if (!document.is_object() || !document.contains("judge") || !document.contains("drills"))
    return false;
  auto submissions = document.find("submissions");
  if (submissions == document.end() || !submissions->is_array() || !document["drills"].is_object())
    return false;
  for (const Json& one : *submissions) {
    bool fits = one.is_object() && one.contains("path") && one["path"].is_string() &&
                one.contains("drill") && one["drill"].is_string() && one.contains("verdict") &&
                one.contains("cases") && one["cases"].is_array();
    if (!fits) return false;
    for (const Json& report : one["cases"]) {
      if (!report.is_object() || !report.contains("verdict")) return false;
    }
  }
  return true;
}

}  // namespace

Json report_json(const Report& report, const WriteOptions& options) {
  Json json;
  json["judge"] = {{"version", kVersion}, {"isolation", report.isolation}};
  json["submissions"] = Json::array();
  for (const SubmissionReport& one : report.submissions)
    json["submissions"].push_back(submission_json(one, options.hide));
  json["drills"] = drills_json(report);
  json["summary"] = summary_of(json["submissions"]);
  return json;
}

Result<Json> merge_reports(const std::vector<Json>& documents) {
  if (documents.empty()) return fail(Code::invalid_argument, "nothing to merge");
  Json merged;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const Json& document = documents[i];
    if (!looks_like_report(document))
      return fail(Code::bad_data, "report {} is not a document of grade --json", i + 1);
    if (i == 0) {
      merged["judge"] = document["judge"];
      merged["submissions"] = Json::array();
      merged["drills"] = Json::object();
    }
    for (const auto& [id, facts] : document["drills"].items()) {
      if (merged["drills"].contains(id) && merged["drills"][id] != facts) {
        return fail(Code::bad_data,
                    "report {} judged `{}` with another file, seed or limits than an earlier one",
                    i + 1, id);
      }
      merged["drills"][id] = facts;
    }
    for (const Json& one : document["submissions"]) {
      std::string key = one["path"].get<std::string>() + "\n" + one["drill"].get<std::string>();
      if (!seen.insert(key).second) {
        return fail(Code::bad_data, "report {} holds {} a second time", i + 1,
                    one["path"].get<std::string>());
      }
      merged["submissions"].push_back(one);
    }
  }
  merged["summary"] = summary_of(merged["submissions"]);
  return merged;
}

}  // namespace rehearse::judge
