// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text between the rooms without Qt (UTF-8 in std::string) and the window (QString).
#pragma once

#include <QString>
#include <string>

namespace rehearse::present {

inline QString qs(const std::string& text) { return QString::fromStdString(text); }
inline std::string utf8(const QString& text) { return text.toStdString(); }

}  // namespace rehearse::present
