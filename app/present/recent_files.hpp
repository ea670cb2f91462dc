// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tables of the user's own that were opened last.
#pragma once

#include <QStringList>

namespace rehearse::present {

class AppContext;

// Newest first; those that are gone are left out.
QStringList recentFiles(const AppContext& context);
void rememberFile(AppContext& context, const QString& path);

}  // namespace rehearse::present
