// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cctype>
#include <cmath>

#include "engine/sim/columns.hpp"
#include "engine/sim/sessions.hpp"

namespace rehearse::sim {
namespace {

constexpr std::uint64_t kRowsPerSession = 16;  // impression_id is the session's key times this
constexpr std::int64_t kClickedRecords = 1'000'000'000;

ColumnInfo feature(const char* unit = "") {
  return {.role = Role::feature, .privacy = Privacy::open, .unit = unit};
}
ColumnInfo with_role(Role role, const char* unit = "") {
  return {.role = role, .privacy = Privacy::open, .unit = unit};
}
ColumnInfo truth_of(const char* what, const char* unit = "") {
  return {.role = Role::truth, .privacy = Privacy::open, .unit = unit, .truth_of = what};
}

class Publisher {
 public:
  Publisher(Columns&& columns, const SiteOptions& o, const Population& people)
      : c_(columns), o_(o), people_(people) {}

  Result<Frame> publish() {
    mark_broken();
    const std::vector<std::uint8_t> opened = o_.leaks.after_outcome ? told("leak.after_outcome")
                                                                    : std::vector<std::uint8_t>(),
                                    numbered =
                                        o_.leaks.id ? told("leak.id") : std::vector<std::uint8_t>();
    ids();
    features();
    if (o_.columns.any()) extra_features();
    if (o_.leaks.after_outcome) open_seconds(opened);
    if (o_.leaks.id) record_id(numbered);
    b_.add("ranker_score", std::move(c_.ranker))
        .add_boolean("random_slate", std::move(c_.random_slate));
    b_.add("click", std::move(c_.click), with_role(Role::label));
    b_.add("click_probability", std::move(c_.probability), truth_of("click", "probability"));
    if (o_.outcomes.any()) outcomes();
    if (o_.columns.any()) truths();
    return std::move(b_).build();
  }

 private:
  bool breaks(const char* name) const {
    return o_.drift.kind == DriftKind::broken_feature && o_.drift.column == name;
  }

  void mark_broken() {
    if (o_.drift.kind != DriftKind::broken_feature) return;
    broken_.assign(c_.day.size(), 0);
    const StreamKey key = stream_key(o_.seed, "feature.breakage");
    Stream stream(key, o_.replicate, 0);
    for (std::size_t row = 0; row < broken_.size(); ++row) {
      if (c_.day[row] < o_.drift.day) continue;
      const auto id = static_cast<std::uint64_t>(c_.impression_id[row]);
      if (id % kRowsPerSession == 0) stream = Stream(key, o_.replicate, id / kRowsPerSession);
      broken_[row] = stream.uniform() < o_.drift.strength;
    }
  }

  // 1 for rows in which the column is present; empty: all.
  template <class T>
  std::vector<std::uint8_t> spoil(const char* name, std::vector<T>& values) {
    std::vector<std::uint8_t> valid;
    if (o_.missing.mechanism != Mechanism::none && o_.missing.column == name)
      valid = present(values);
    if (!breaks(name)) return valid;
    if (o_.drift.breakage == Breakage::null && valid.empty()) valid.assign(values.size(), 1);
    for (std::size_t row = 0; row < values.size(); ++row) {
      if (!broken_[row]) continue;
      const auto value = static_cast<double>(values[row]);
      if (o_.drift.breakage == Breakage::null)
        valid[row] = 0;
      else if (o_.drift.breakage == Breakage::scaled)
        values[row] = static_cast<T>(std::min<double>(value * 1000, 2e9));
      else  // stale: it stands as on the day of the break
        values[row] = static_cast<T>(std::max<double>(0, value - (c_.day[row] - o_.drift.day)));
    }
    return valid;
  }

  template <class T>
  std::vector<std::uint8_t> present(const std::vector<T>& values) const {
    std::vector<float> driver(values.size(), 0);
    if (o_.missing.mechanism == Mechanism::mnar) {
      for (std::size_t row = 0; row < driver.size(); ++row)
        driver[row] = static_cast<float>(values[row]);
    } else if (o_.missing.mechanism == Mechanism::mar) {
      for (std::size_t row = 0; row < driver.size(); ++row)
        driver[row] = static_cast<float>(mar_driver_[row]);
    }
    const std::vector<float> p = missing_probability(driver, o_.missing.rate);
    const StreamKey key = stream_key(o_.seed, "feature.missing");
    std::vector<std::uint8_t> valid(values.size());
    for (std::size_t row = 0; row < valid.size(); ++row) {
      Stream stream(key, o_.replicate, row_keys_[row]);
      valid[row] = stream.uniform() >= static_cast<double>(p[row]);
    }
    return valid;
  }

  template <class T>
  void number(const char* name, std::vector<T>& values, const ColumnInfo& info) {
    const bool keep_truth = o_.missing.mechanism != Mechanism::none && o_.missing.column == name;
    std::vector<T> truth;
    if (keep_truth) truth = values;
    auto valid = spoil(name, values);
    b_.add(name, std::move(values), info);
    if (!valid.empty()) b_.missing(std::move(valid));
    if (keep_truth) b_.add(fmt::format("{}_true", name), std::move(truth), truth_of(name));
  }

  void text(const char* name, std::vector<std::int32_t>& codes, std::vector<std::string> levels,
            const ColumnInfo& info) {
    if (breaks(name)) {
      const auto count = static_cast<std::int32_t>(levels.size());
      const bool casing = o_.drift.breakage == Breakage::casing;
      for (std::int32_t i = 0; casing && i < count; ++i)
        levels.push_back(other_case(levels[static_cast<std::size_t>(i)]));
      for (std::size_t row = 0; row < codes.size(); ++row)
        if (broken_[row]) codes[row] = casing ? codes[row] + count : -1;
    }
    b_.add_dictionary(name, std::move(codes),
                      std::make_shared<const std::vector<std::string>>(std::move(levels)), info);
  }

  // Capitals; small letters where it is written in capitals.
  static std::string other_case(std::string text) {
    std::string upper = text;
    for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (upper != text) return upper;
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
  }

  void ids() {
    const ColumnInfo id = with_role(Role::id);
    if (o_.missing.mechanism != Mechanism::none) {
      row_keys_.assign(c_.impression_id.begin(), c_.impression_id.end());
      mar_driver_ = o_.missing.column == "user_activity" ? c_.tenure : c_.activity;
    }
    b_.add("impression_id", std::move(c_.impression_id), id)
        .add("session_id", std::move(c_.session_id), id);
    b_.add("user_id", std::move(c_.user_id), {.role = Role::id, .privacy = Privacy::pii})
        .add("post_id", std::move(c_.post_id), id);
    b_.add_time("time", std::move(c_.time), with_role(Role::time));
    std::vector<std::uint8_t> arrived = c_.click;
    b_.add_time("click_arrival", std::move(c_.arrival), with_role(Role::time))
        .missing(std::move(arrived));
    std::vector<std::int32_t> days = std::move(c_.day);
    if (!broken_.empty()) c_.day = days;  // a stale feature still asks for it
    b_.add("day", std::move(days), with_role(Role::none, "days"));
  }

  void features() {
    const auto list = [](const auto& names) {
      return std::vector<std::string>(names.begin(), names.end());
    };
    std::vector<std::string> communities;
    for (const Community& one : people_.communities) communities.push_back(one.name);
    text("platform", c_.platform, list(kPlatformNames), feature());
    text("country", c_.country, list(kCountryNames),
         {.role = Role::feature, .privacy = Privacy::sensitive});
    number("user_activity", c_.activity, feature());
    number("user_tenure_days", c_.tenure, feature("days"));
    text("community", c_.community, std::move(communities), feature());
    text("topic", c_.topic, list(kTopicNames), feature());
    text("media", c_.media, list(kMediaNames), feature());
    number("post_age_hours", c_.age, feature("hours"));
    number("post_votes", c_.votes, feature());
    number("affinity", c_.affinity, feature());
    b_.add("position", std::move(c_.position), feature())
        .add("hour", std::move(c_.hour), feature());
  }

  void extra_features() {
    if (o_.columns[Extra::surface])
      b_.add_dictionary("surface", std::move(c_.surface),
                        std::make_shared<const std::vector<std::string>>(kSurfaceNames.begin(),
                                                                         kSurfaceNames.end()),
                        feature());
    if (o_.columns[Extra::weekday]) b_.add("weekday", std::move(c_.weekday), feature());
    for (const Extra e : {Extra::user_age_days, Extra::community_age_days, Extra::recent_seen})
      if (o_.columns[e])
        b_.add(extra_name(e), std::move(c_.number(e)),
               feature(e == Extra::recent_seen ? "" : "days"));
  }

  void truths() {
    const std::pair<Extra, const char*> all[] = {
        {Extra::examination, "probability"}, {Extra::attraction, "probability"},
        {Extra::user_effect, "log-odds"},    {Extra::community_effect, "log-odds"},
        {Extra::session_effect, "log-odds"}, {Extra::season_effect, "log-odds"},
        {Extra::fatigue_effect, "log-odds"}, {Extra::segment_offset, "log-odds"},
        {Extra::click_delay_hours, "hours"}};
    for (const auto& [extra, unit] : all)
      if (o_.columns[extra])
        b_.add(extra_name(extra), std::move(c_.number(extra)), truth_of(extra_name(extra), unit));
  }

  void outcomes() {
    const ColumnInfo label = with_role(Role::label);
    if (o_.outcomes[Outcome::dwell_seconds])
      b_.add("dwell_seconds", std::move(c_.dwell), with_role(Role::label, "seconds"))
          .add("dwell_expected", std::move(c_.dwell_expected), truth_of("dwell_seconds", "seconds"))
          .add("dwell_positive", std::move(c_.dwell_positive),
               truth_of("dwell_positive", "probability"));
    if (o_.outcomes[Outcome::vote])
      b_.add("vote", std::move(c_.vote), label)
          .add("vote_probability", std::move(c_.vote_probability), truth_of("vote", "probability"));
    if (o_.outcomes[Outcome::comments])
      b_.add("comments", std::move(c_.comments), label)
          .add("comments_expected", std::move(c_.comments_expected), truth_of("comments"));
    if (o_.outcomes[Outcome::subscribe])
      b_.add("subscribe", std::move(c_.subscribe), label)
          .add("subscribe_probability", std::move(c_.subscribe_probability),
               truth_of("subscribe", "probability"));
    if (o_.outcomes[Outcome::report])
      b_.add("report", std::move(c_.report), label)
          .add("report_probability", std::move(c_.report_probability),
               truth_of("report", "probability"));
  }

  // Whether each row's leak says "clicked".
  std::vector<std::uint8_t> told(const char* process) const {
    double clicks = 0;
    for (const std::uint8_t one : c_.click) clicks += one;
    const double rate = clicks / static_cast<double>(std::max<std::size_t>(1, c_.click.size()));
    const StreamKey key = stream_key(o_.seed, process);
    std::vector<std::uint8_t> said(c_.click.size());
    for (std::size_t row = 0; row < said.size(); ++row) {
      Stream stream(key, o_.replicate, static_cast<std::uint64_t>(c_.impression_id[row]));
      const bool follows = stream.uniform() < o_.leaks.strength;
      said[row] = follows ? c_.click[row] : stream.uniform() < rate;
    }
    return said;
  }

  void open_seconds(const std::vector<std::uint8_t>& said) {
    Stream stream(o_.seed, "leak.open_seconds", o_.replicate);
    std::vector<float> seconds(said.size());
    for (std::size_t row = 0; row < said.size(); ++row) {
      const double z = stream.normal();
      if (said[row]) seconds[row] = static_cast<float>(std::exp(3 + 0.9 * z));
    }
    b_.add("open_seconds", std::move(seconds), feature("seconds"));
  }

  void record_id(const std::vector<std::uint8_t>& said) {
    std::vector<std::int64_t> ids(said.size());
    for (std::size_t row = 0; row < said.size(); ++row)
      ids[row] = static_cast<std::int64_t>(row) + (said[row] ? kClickedRecords : 0);
    b_.add("record_id", std::move(ids), feature());
  }

  Columns& c_;
  const SiteOptions& o_;
  const Population& people_;
  Frame::Builder b_;
  std::vector<std::uint8_t> broken_;
  std::vector<std::uint64_t> row_keys_;
  std::vector<std::int32_t> mar_driver_;
};

}  // namespace

Result<Frame> publish(Columns&& columns, const SiteOptions& options, const Population& people) {
  return Publisher(std::move(columns), options, people).publish();
}

}  // namespace rehearse::sim
