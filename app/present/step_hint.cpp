// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/step_hint.hpp"

#include <QList>
#include <QObject>
#include <algorithm>

#include "app/present/qt_text.hpp"
#include "engine/plan/step.hpp"

namespace rehearse::present {
namespace {

// One call that is open at the cursor.
struct OpenCall {
  QString name;       // "train.ftrl", ":split"; empty for a plain table
  QString parameter;  // of `parameter =` in the argument that is typed
};

struct Place {
  QList<OpenCall> calls;  // from the outside in
  QString word;           // that is typed: letters, digits, dots
  bool afterEqual = false;
  bool quiet = false;  // in a comment or a long text
  QChar quote;         // in a string that began with this
};

bool inWord(QChar c) { return c.isLetterOrNumber() || c == '_' || c == '.' || c == ':'; }

class Reader {
 public:
  explicit Reader(const QString& text) : m_text(text) {}

  Place read() {
    for (; m_at < m_text.size(); ++m_at) step(m_text[m_at]);
    return m_place;
  }

 private:
  bool next(const char* what) const { return m_text.mid(m_at).startsWith(QLatin1String(what)); }
  // Past the end of what begins here, or to the end of the text.
  void skip(const char* end) {
    const auto found = m_text.indexOf(QLatin1String(end), m_at + 2);
    m_place.quiet = found < 0;
    m_at = found < 0 ? m_text.size() : found + static_cast<qsizetype>(qstrlen(end)) - 1;
  }
  void string(QChar quote) {
    const qsizetype begin = m_at;
    for (++m_at; m_at < m_text.size() && m_text[m_at] != quote; ++m_at)
      if (m_text[m_at] == '\\') ++m_at;
    if (m_at < m_text.size()) return;
    m_place.quote = quote;
    m_place.word = m_text.mid(begin + 1);
  }
  void open() {
    m_place.calls.append({m_last, {}});
    m_place.word.clear();
    m_last.clear();
    m_place.afterEqual = false;
  }
  void close() {
    if (!m_place.calls.isEmpty()) m_place.calls.removeLast();
    m_place.word.clear();
    m_last.clear();
  }
  void step(QChar c) {
    if (next("--[[")) return skip("]]");
    if (next("--")) return skip("\n");
    if (next("[[")) return skip("]]");
    if (c == '"' || c == '\'') return string(c);
    if (inWord(c)) {
      m_place.word += c;
      m_last = m_place.word;
      return;
    }
    m_place.word.clear();
    if (c == '{' || c == '(') return open();
    if (c == '}' || c == ')') return close();
    if (c == '=' && !m_place.calls.isEmpty()) {
      m_place.calls.last().parameter = m_last;
      m_place.afterEqual = true;
    }
    if (c == ',') {
      m_place.afterEqual = false;
      if (!m_place.calls.isEmpty()) m_place.calls.last().parameter.clear();
    }
    if (!c.isSpace()) m_last.clear();
  }

  const QString& m_text;
  qsizetype m_at = 0;
  Place m_place;
  QString m_last;  // the word before a bracket
};

// `show.line` is the step `view.line`; `log:split` the method that ends so.
const plan::StepInfo* stepOf(const QString& name) {
  const auto& registry = plan::Registry::instance();
  if (name.startsWith("show.")) return registry.find(("view." + name.mid(5)).toStdString());
  if (const qsizetype colon = name.lastIndexOf(':'); colon >= 0) {
    const std::string ending = "." + name.mid(colon + 1).toStdString();
    for (const plan::StepInfo* step : registry.all())
      if (step->method && step->name.ends_with(ending)) return step;
    return nullptr;
  }
  return registry.find(name.toStdString());
}

QStringList stepNames() {
  QStringList names = {"design",     "chapter",    "slider",       "choice",       "toggle",
                       "source",     "show",       "expect.below", "expect.above", "expect.between",
                       "goal.below", "goal.above", "goal.between", "challenge"};
  for (const plan::StepInfo* step : plan::Registry::instance().all()) {
    const QString name = qs(step->name);
    names.append(name.startsWith("view.") ? "show." + name.mid(5) : name);
  }
  names.sort();
  return names;
}

QString typeWords(const plan::Parameter& parameter) {
  switch (parameter.type) {
    case plan::ParameterType::number: return QObject::tr("number");
    case plan::ParameterType::integer: return QObject::tr("whole number");
    case plan::ParameterType::boolean: return QObject::tr("true or false");
    case plan::ParameterType::text: return QObject::tr("text");
    case plan::ParameterType::choice: return QObject::tr("one of");
    case plan::ParameterType::numbers: return QObject::tr("numbers");
    case plan::ParameterType::texts: return QObject::tr("texts");
    case plan::ParameterType::subplan: return QObject::tr("function");
  }
  return {};
}

QString tipOf(const plan::Parameter& parameter) {
  QString tip = qs(parameter.name) + ": " + typeWords(parameter);
  QStringList choices;
  for (const std::string& choice : parameter.choices) choices.append(qs(choice));
  if (!choices.isEmpty()) tip += " " + choices.join(", ");
  if (parameter.low && parameter.high)
    tip += QObject::tr(", %1 to %2").arg(*parameter.low).arg(*parameter.high);
  if (!std::holds_alternative<std::monostate>(parameter.initial))
    tip += QObject::tr(", default %1").arg(qs(plan::to_text(parameter.initial)));
  return tip + "\n" + qs(parameter.sentence);
}

QString tipOf(const plan::StepInfo& step) {
  QStringList inputs, parameters;
  for (const plan::Port& port : step.inputs)
    inputs.append(port.named ? qs(port.name) + " = …" : qs(port.name));
  for (const plan::Parameter& parameter : step.parameters) parameters.append(qs(parameter.name));
  const QString name = qs(step.name);
  return (name.startsWith("view.") ? "show." + name.mid(5) : name) + " { " +
         (inputs + parameters).join(", ") + " }\n" + qs(step.sentence);
}

void offer(StepHint& hint, const QString& typed, const QStringList& words) {
  hint.typed = static_cast<int>(typed.size());
  for (const QString& word : words)
    if (word.startsWith(typed, Qt::CaseInsensitive) && word != typed) hint.words.append(word);
  hint.words.sort();
}

const plan::Parameter* parameterOf(const plan::StepInfo& step, const QString& name) {
  for (const plan::Parameter& parameter : step.parameters)
    if (qs(parameter.name) == name) return &parameter;
  return nullptr;
}

QStringList argumentsOf(const plan::StepInfo& step) {
  QStringList names;
  for (const plan::Port& port : step.inputs)
    if (port.named) names.append(qs(port.name));
  for (const plan::Parameter& parameter : step.parameters) names.append(qs(parameter.name));
  return names;
}

}  // namespace

StepHint stepHint(const QString& before) {
  const Place place = Reader(before).read();
  StepHint hint;
  if (place.quiet) return hint;
  const plan::StepInfo* step = place.calls.isEmpty() ? nullptr : stepOf(place.calls.last().name);
  const plan::Parameter* parameter =
      step ? parameterOf(*step, place.calls.last().parameter) : nullptr;
  if (parameter)
    hint.tip = tipOf(*parameter);
  else if (step)
    hint.tip = tipOf(*step);
  if (!place.quote.isNull()) {
    QStringList choices;
    if (parameter)
      for (const std::string& choice : parameter->choices) choices.append(qs(choice));
    offer(hint, place.word, choices);
    return hint;
  }
  const bool argument = step && !place.afterEqual && !place.word.contains('.');
  if (argument && parameterOf(*step, place.word)) hint.tip = tipOf(*parameterOf(*step, place.word));
  if (place.word.size() < 2) return hint;
  offer(hint, place.word, argument ? argumentsOf(*step) + stepNames() : stepNames());
  return hint;
}

}  // namespace rehearse::present
