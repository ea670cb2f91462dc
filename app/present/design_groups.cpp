// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/design_groups.hpp"

#include <QRegularExpression>
#include <map>

#include "app/practice/attempts.hpp"
#include "app/present/app_context.hpp"
#include "app/present/qt_text.hpp"

namespace rehearse::present {
namespace {

constexpr const char* kIncidents = "T";  // behind the sections, before the rest

const std::map<std::string, const char*>& sectionTitles() {
  static const std::map<std::string, const char*> titles = {
      {"S01", "Click-through rate prediction"},
      {"S02", "Streams, windows and key-value state"},
      {"S03", "Intervals, counting and grids"},
      {"S04", "Recommendation"},
      {"S05", "Feature stores, training and serving"},
      {"S06", "Monitoring and on-call"},
      {"S07", "Embeddings, search and retrieval"},
      {"S08", "GPUs and batch inference"},
      {"S09", "Privacy and governance"},
      {"S10", "Evaluation, calibration and validation"},
      {"S11", "Framing: regression or classification"},
      {"S12", "Distributions and diagnosis of data"},
      {"S13", "Experiments"},
      {"S14", "Ownership and incidents"},
      {kIncidents, "Incidents: you are on call"}};
  return titles;
}

// "Calibration: ECE, Brier" of a label that goes on with remarks for authors.
QString topicOf(const std::string& label) {
  static const QRegularExpression remarks("\\s*[\\[(][^\\])]*[\\])]");
  return qs(label).section(';', 0, 0).remove(remarks).trimmed();
}

std::map<std::string, QString> topics(const AppContext& context) {
  std::map<std::string, QString> words;
  const auto inventory =
      practice::load_inventory(context.home().builtin + "/content/inventory.toml");
  if (!inventory) return words;  // the cards then show no topics; `lint` names the fault
  for (const practice::InventoryEntry& entry : *inventory) words[entry.id] = topicOf(entry.label);
  return words;
}

DesignCard cardOf(const trace::DesignEntry& entry, const std::map<std::string, QString>& words) {
  DesignCard card{qs(entry.id), qs(entry.title),          qs(entry.asks), {},
                  {},           !entry.challenge.empty(), entry.incident, qs(entry.error)};
  if (card.title.isEmpty()) card.title = card.id;
  for (const std::string& chapter : entry.chapters) card.chapters.append(qs(chapter));
  for (const std::string& id : entry.covers)
    if (const auto topic = words.find(id); topic != words.end()) card.covers.append(topic->second);
  return card;
}

bool fits(const DesignCard& card, const QString& section, const QString& filter) {
  const QString text = QStringList{section,
                                   card.id,
                                   card.title,
                                   card.asks,
                                   card.error,
                                   card.chapters.join(' '),
                                   card.covers.join(' ')}
                           .join('\n');
  for (const QString& word : filter.split(' ', Qt::SkipEmptyParts))
    if (!text.contains(word, Qt::CaseInsensitive)) return false;
  return true;
}

}  // namespace

QList<DesignGroup> designGroups(const AppContext& context, const QString& filter) {
  const auto words = topics(context);
  std::map<std::string, DesignGroup> groups;
  for (const trace::DesignEntry& entry : context.designs().designs()) {
    const std::string section = entry.incident         ? kIncidents
                                : entry.covers.empty() ? ""
                                                       : entry.covers.front().substr(0, 3);
    const auto known = sectionTitles().find(section);
    const bool more = known == sectionTitles().end();
    const QString title = more ? QObject::tr("More designs") : QObject::tr(known->second);
    const DesignCard card = cardOf(entry, words);
    if (!fits(card, title, filter)) continue;
    DesignGroup& group = groups[more ? "~" : section];
    group.title = title;
    group.designs.append(card);
  }
  QList<DesignGroup> ordered;
  for (auto& [section, group] : groups) {
    std::stable_sort(group.designs.begin(), group.designs.end(),
                     [](const DesignCard& a, const DesignCard& b) { return a.title < b.title; });
    ordered.append(std::move(group));
  }
  return ordered;
}

QMap<QString, bool> designsTried(AppContext& context) {
  QMap<QString, bool> tried;
  const auto runs = practice::design_runs(context.database());
  if (!runs) return tried;
  for (const practice::DesignRun& run : *runs) {
    bool& reached = tried[qs(run.design)];
    reached = reached || run.reached;
  }
  return tried;
}

}  // namespace rehearse::present
