"""What duocast's pages share: palette, fonts, the player, and the policy that they are served under."""
