// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/records.hpp"

#include <cmath>

#include "engine/base/json.hpp"
#include "engine/base/random.hpp"

namespace rehearse::sim {
namespace {

constexpr const char* kFaultNames[] = {"type",    "missing",   "unit",
                                       "renamed", "duplicate", "truncated"};
// Seconds on a post that was clicked, and on one that was not: medians and log-scale spreads.
constexpr double kReadMedian = 24, kReadSpread = 0.6, kGlanceMedian = 2.5, kGlanceSpread = 0.4;

struct EventColumns {
  const Column *id, *user, *post, *time, *day, *platform, *country, *tenure, *community, *topic,
      *votes, *position, *click;
  const Column* probability;
};

Result<EventColumns> event_columns(const Frame& log) {
  EventColumns c{};
  const std::pair<const char*, const Column**> wanted[] = {{"impression_id", &c.id},
                                                           {"user_id", &c.user},
                                                           {"post_id", &c.post},
                                                           {"time", &c.time},
                                                           {"day", &c.day},
                                                           {"platform", &c.platform},
                                                           {"country", &c.country},
                                                           {"user_tenure_days", &c.tenure},
                                                           {"community", &c.community},
                                                           {"topic", &c.topic},
                                                           {"post_votes", &c.votes},
                                                           {"position", &c.position},
                                                           {"click", &c.click}};
  for (const auto& [name, into] : wanted) {
    auto column = log.require(name);
    if (!column) return fail(column.error());
    *into = *column;
  }
  c.probability = log.find("click_probability");
  return c;
}

Result<std::vector<double>> cumulative(const RecordOptions& options) {
  const RecordFaults& f = options.faults;
  std::vector<double> edges;
  double sum = 0;
  for (const double share : {f.type, f.missing, f.unit, f.renamed, f.duplicate, f.truncated}) {
    if (!(share >= 0 && share <= 1))
      return fail(Code::invalid_argument, "a share of faults lies in [0, 1], and {} does not",
                  share);
    edges.push_back(sum += share);
  }
  if (sum > 1 + 1e-12)
    return fail(Code::invalid_argument, "the shares of faults sum to {:g}; at most 1 is possible",
                sum);
  if (options.events < 1 || options.events > 1000000)
    return fail(Code::invalid_argument, "events lies in [1, 1000000], and {} does not",
                options.events);
  return edges;
}

struct Event {
  Json json;
  double tenure = 0, dwell = 0, votes = 0;
};

Event event_of(const EventColumns& c, std::size_t row, StreamKey dwell_key) {
  const auto entity = static_cast<std::uint64_t>(c.id->number(row));
  Stream stream(dwell_key, 0, entity);
  const bool click = c.click->number(row) == 1;
  Event e;
  e.dwell = (click ? kReadMedian : kGlanceMedian) *
            std::exp(stream.normal(0, click ? kReadSpread : kGlanceSpread));
  e.dwell = std::round(e.dwell * 10) / 10;
  e.tenure = c.tenure->number(row), e.votes = c.votes->number(row);
  const auto whole = [row](const Column* column) -> Json {
    if (column->missing(row)) return nullptr;
    return static_cast<std::int64_t>(column->number(row));
  };
  const auto text = [row](const Column* column) -> Json {
    if (column->missing(row)) return nullptr;
    return std::string(column->text(row));
  };
  e.json = {
      {"event_id", fmt::format("e{:x}", entity)},
      {"at", c.time->cell(row)},
      {"user",
       {{"id", whole(c.user)}, {"tenure_days", whole(c.tenure)}, {"country", text(c.country)}}},
      {"post",
       {{"id", whole(c.post)},
        {"community", text(c.community)},
        {"votes", whole(c.votes)},
        {"topics", Json::array({text(c.topic)})}}},
      {"context", {{"platform", text(c.platform)}, {"position", whole(c.position)}}},
      {"dwell_seconds", e.dwell},
      {"click", click}};
  return e;
}

// The fault's index among kFaultNames; as many as there are faults: none.
std::size_t fault_at(double u, const std::vector<double>& edges) {
  std::size_t fault = 0;
  while (fault < edges.size() && u >= edges[fault]) ++fault;
  return fault;
}

void plant(Json& json, std::size_t fault, Stream& stream) {
  Json& user = json["user"];
  Json& post = json["post"];
  if (fault == 0) {
    if (!user["tenure_days"].is_null()) user["tenure_days"] = user["tenure_days"].dump();
    if (stream.bernoulli(0.5)) json["click"] = json["click"].get<bool>() ? "true" : "false";
  } else if (fault == 1) {
    user.erase("tenure_days");
  } else if (fault == 2) {
    json["dwell_seconds"] = std::round(json["dwell_seconds"].get<double>() * 1000);
  } else if (fault == 3) {
    post["score"] = post["votes"];
    post.erase("votes");
  }
}

struct Written {
  std::vector<std::int64_t> line;
  std::vector<std::int32_t> day;
  std::vector<std::string> raw, planted;
  std::vector<double> tenure, dwell, votes, probability;

  void add(std::string text, const char* fault, const Event& event, std::int32_t on,
           double chance) {
    line.push_back(static_cast<std::int64_t>(line.size()) + 1);
    raw.push_back(std::move(text)), planted.push_back(fault), day.push_back(on);
    tenure.push_back(event.tenure), dwell.push_back(event.dwell), votes.push_back(event.votes);
    probability.push_back(chance);
  }

  Result<Frame> build(bool with_probability) && {
    Frame::Builder builder;
    builder.add("line", std::move(line), {.role = Role::id}).add("raw", raw);
    builder.add("day", std::move(day)).add("planted", planted, {.role = Role::truth});
    builder.add("true_tenure_days", std::move(tenure), {.role = Role::truth, .unit = "days"});
    builder.add("true_dwell_seconds", std::move(dwell), {.role = Role::truth, .unit = "seconds"});
    builder.add("true_votes", std::move(votes), {.role = Role::truth});
    if (with_probability)
      builder.add("click_probability", std::move(probability),
                  {.role = Role::truth, .truth_of = "click"});
    return std::move(builder).build();
  }
};

}  // namespace

Result<Frame> simulate_records(const Frame& log, const RecordOptions& options,
                               const Progress& progress) {
  auto edges = cumulative(options);
  if (!edges) return fail(edges.error());
  auto columns = event_columns(log);
  if (!columns) return fail(columns.error());
  if (log.rows() == 0) return fail(Code::bad_data, "the log has no rows to write as events");
  const std::size_t events = std::min(options.events, log.rows());
  const StreamKey dwell_key = stream_key(options.seed, "records.dwell"),
                  fault_key = stream_key(options.seed, "records.fault");
  Written written;
  for (std::size_t i = 0; i < events; ++i) {
    if (i % 4096 == 0 && !progress.report(static_cast<double>(i) / static_cast<double>(events)))
      return cancelled();
    const std::size_t row = i * log.rows() / events;
    Event event = event_of(*columns, row, dwell_key);
    const auto day = static_cast<std::int32_t>(columns->day->number(row));
    const double chance = columns->probability ? columns->probability->number(row) : 0;
    Stream stream(fault_key, 0, static_cast<std::uint64_t>(columns->id->number(row)));
    const double u = stream.uniform();
    const std::size_t fault = day < options.fault_day ? edges->size() : fault_at(u, *edges);
    plant(event.json, fault, stream);
    std::string text = event.json.dump();
    const char* name = fault < edges->size() ? kFaultNames[fault] : "none";
    if (fault == 5) text.resize(text.size() / 4 + stream.below(text.size() / 2));
    if (fault == 4) written.add(text, "none", event, day, chance);
    written.add(std::move(text), name, event, day, chance);
  }
  return std::move(written).build(columns->probability != nullptr);
}

}  // namespace rehearse::sim
