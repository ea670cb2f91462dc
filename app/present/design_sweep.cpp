// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/design_sweep.hpp"

#include <QtConcurrent>
#include <algorithm>
#include <cmath>

#include "app/present/design_knobs.hpp"
#include "app/present/design_session.hpp"
#include "app/present/qt_text.hpp"
#include "engine/base/number_words.hpp"
#include "engine/base/view_data.hpp"

namespace rehearse::present {
namespace {

Frame built(Frame::Builder builder) {
  auto frame = std::move(builder).build();
  return frame ? *std::move(frame) : Frame();
}

QString told(const plan::Knob& knob, const Column& column, std::size_t row) {
  return column.numeric() ? knobText(knob, column.number(row)) : qs(column.cell(row));
}

// "log loss" of "log loss (After calibration)": an axis stands beside the title, which says it all.
QString shortName(const QString& number) { return number.section(" (", 0, 0); }

// Rows that no other row beats: not worse in both and better in one.
std::vector<std::size_t> unbeaten(const Column& x, bool moreX, const Column& y, bool moreY) {
  const auto gain = [](const Column& column, bool more, std::size_t row) {
    return more ? column.number(row) : -column.number(row);
  };
  std::vector<std::size_t> front;
  for (std::size_t row = 0; row < x.size(); ++row) {
    const double a = gain(x, moreX, row), b = gain(y, moreY, row);
    bool beaten = !std::isfinite(a) || !std::isfinite(b);
    for (std::size_t other = 0; other < x.size() && !beaten; ++other) {
      const double c = gain(x, moreX, other), d = gain(y, moreY, other);
      beaten = c >= a && d >= b && (c > a || d > b);
    }
    if (!beaten) front.push_back(row);
  }
  std::sort(front.begin(), front.end(),
            [&x](std::size_t a, std::size_t b) { return x.number(a) < x.number(b); });
  return front;
}

// "negatives kept 100%, calibration none".
QString placeOf(const std::vector<plan::Knob>& knobs, const Frame& table, std::size_t row) {
  QStringList parts;
  for (std::size_t axis = 0; axis < knobs.size(); ++axis)
    parts.append(qs(knobs[axis].name) + " " + told(knobs[axis], table.column(axis), row));
  return parts.join(", ");
}

QString extremes(const std::vector<plan::Knob>& knobs, const Frame& table, const Column& value) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < table.rows(); ++row)
    if (std::isfinite(value.number(row))) rows.push_back(row);
  if (rows.empty()) return DesignSweep::tr("no run gave this number");
  const auto [least, most] = std::minmax_element(
      rows.begin(), rows.end(),
      [&value](std::size_t a, std::size_t b) { return value.number(a) < value.number(b); });
  const auto words = [&](std::size_t row) { return qs(number_words(value.number(row))); };
  if (value.number(*least) == value.number(*most))
    return DesignSweep::tr("it is %1 everywhere: what was swept does not reach it")
        .arg(words(*least));
  return DesignSweep::tr("highest, %1, at %2; lowest, %3, at %4")
      .arg(words(*most), placeOf(knobs, table, *most), words(*least),
           placeOf(knobs, table, *least));
}

}  // namespace

DesignSweep::DesignSweep(QObject* parent) : QObject(parent) {
  connect(&m_watcher, &QFutureWatcherBase::finished, this, &DesignSweep::ended);
}

DesignSweep::~DesignSweep() {
  m_stop.request_stop();
  m_watcher.waitForFinished();
}

Result<void> DesignSweep::start(const DesignSession& session, const QList<Axis>& axes) {
  if (running()) return fail(Code::invalid_argument, "a sweep is under way; stop it first");
  trace::Sweep what;
  what.source = session.script().toStdString();
  what.file = session.path().toStdString();
  what.values = session.knobs();
  what.seed = session.seed();
  m_axes.clear();
  m_knobs.clear();
  for (const Axis& axis : axes) {
    auto read = trace::parse_axis(session.plan(), utf8(axis.knob + "=" + axis.grid));
    if (!read) return fail(read.error());
    for (const trace::SweepAxis& before : m_axes)
      if (before.knob == read->knob)
        return fail(Code::invalid_argument, "`{}` is chosen twice; choose another second knob",
                    read->knob);
    for (const plan::Knob& knob : session.plan().knobs)
      if (knob.name == read->knob) m_knobs.push_back(knob);
    m_axes.push_back(*std::move(read));
  }
  what.axes = m_axes;
  m_stop = std::stop_source();
  m_forgotten = false;
  trace::SweepOptions options;
  options.threads = 0;
  options.stop = m_stop.get_token();
  options.inputs = session.inputs();
  options.leave_repeats = true;
  options.on_row = [this](std::size_t done, std::size_t of) {
    QMetaObject::invokeMethod(
        this, [this, done, of] { emit progressed(static_cast<int>(done), static_cast<int>(of)); },
        Qt::QueuedConnection);
  };
  m_watcher.setFuture(QtConcurrent::run([what, options, cache = session.cache()] {
    return std::make_shared<Result<Frame>>(trace::sweep(what, *cache, options));
  }));
  return {};
}

void DesignSweep::stop() { m_stop.request_stop(); }

void DesignSweep::forget() {
  stop();
  m_forgotten = running();
  m_table = {};
  m_tableAxes.clear();
  m_tableKnobs.clear();
}

void DesignSweep::ended() {
  if (std::exchange(m_forgotten, false)) return emit stopped();
  const std::shared_ptr<Result<Frame>> outcome = m_watcher.result();
  if (*outcome) {
    m_table = **outcome;
    m_tableAxes = m_axes;
    m_tableKnobs = m_knobs;
    return emit finished();
  }
  if (outcome->error().code == Code::cancelled) return emit stopped();
  emit failed(qs(outcome->error().message));
}

bool DesignSweep::moreIsBetter(const QString& number) {
  for (const char* gain : {"auc", "precision", "recall", "ndcg", "mrr", "hit", "power", "coverage",
                           "agreement", "accuracy", "per second", "visits", "value", "throughput"})
    if (number.contains(QLatin1String(gain), Qt::CaseInsensitive)) return true;
  return false;
}

QStringList DesignSweep::numbers() const {
  QStringList names;
  for (const std::string& name : trace::sweep_numbers(m_table, m_tableAxes)) names.append(qs(name));
  return names;
}

Figure DesignSweep::figure(const QString& number) const {
  Figure figure;
  const Column* value = m_table.find(utf8(number));
  if (!value || m_tableAxes.empty()) return figure;
  const Column& first = m_table.column(0);
  figure.title = utf8(number);
  figure.see = utf8(extremes(m_tableKnobs, m_table, *value));
  figure.x_title = m_tableAxes[0].knob;
  figure.y_title = utf8(shortName(number));
  Frame::Builder builder;
  if (m_tableAxes.size() > 1) {
    std::vector<std::string> x, y;
    for (std::size_t row = 0; row < m_table.rows(); ++row) {
      x.push_back(utf8(told(m_tableKnobs[1], m_table.column(1), row)));
      y.push_back(utf8(told(m_tableKnobs[0], first, row)));
    }
    figure.kind = "heatmap";
    figure.x_title = m_tableAxes[1].knob;
    figure.y_title = m_tableAxes[0].knob;
    builder.add("x", x).add("y", y).add("value", value->numbers());
  } else if (first.numeric()) {
    figure.kind = "line";
    figure.options["log_x"] = m_tableKnobs[0].log_scale;
    const std::vector<std::string> series(m_table.rows(), utf8(number)),
        style(m_table.rows(), view_data::kSeries);
    builder.add("series", series).add("style", style);
    std::vector<double> at = first.numbers();
    if (m_tableKnobs[0].unit == "%") {
      for (double& x : at) x *= 100;
      figure.x_title += " (%)";
    }
    builder.add("x", std::move(at)).add("y", value->numbers());
  } else {
    std::vector<std::string> knob;
    for (std::size_t row = 0; row < m_table.rows(); ++row) knob.push_back(first.cell(row));
    builder.add(m_tableAxes[0].knob, knob).add(utf8(number), value->numbers());
  }
  figure.data = built(std::move(builder));
  return figure;
}

Figure DesignSweep::tradeOff(const QString& x, bool moreX, const QString& y, bool moreY) const {
  Figure figure;
  const Column *across = m_table.find(utf8(x)), *up = m_table.find(utf8(y));
  if (!across || !up) return figure;
  figure.kind = "scatter";
  figure.title = utf8(tr("%1 against %2").arg(y, x));
  figure.x_title = utf8(shortName(x));
  figure.y_title = utf8(shortName(y));
  figure.see = utf8(tr("the joined points are beaten by no other in both"));
  std::vector<std::string> series, style, label;
  std::vector<double> xs, ys;
  const auto add = [&](std::size_t row, const QString& name, const char* how) {
    QString knobs;
    for (std::size_t axis = 0; axis < m_tableAxes.size(); ++axis)
      knobs += (axis ? ", " : "") + told(m_tableKnobs[axis], m_table.column(axis), row);
    series.push_back(utf8(name)), style.emplace_back(how);
    label.push_back(how == view_data::kGuide ? utf8(knobs) : std::string());
    xs.push_back(across->number(row)), ys.push_back(up->number(row));
  };
  for (std::size_t row = 0; row < m_table.rows(); ++row) add(row, tr("runs"), view_data::kSeries);
  for (const std::size_t row : unbeaten(*across, moreX, *up, moreY))
    add(row, tr("unbeaten"), view_data::kGuide);
  Frame::Builder builder;
  builder.add("series", series).add("style", style).add("x", std::move(xs));
  builder.add("y", std::move(ys)).add("label", label);
  figure.data = built(std::move(builder));
  return figure;
}

}  // namespace rehearse::present
